import type { Finding } from '#contracts/verdicts';

/** `SIMILAR TYPO` */
export const verdictText = ({ verdict, why }: { readonly verdict: string; readonly why?: string }): string =>
  why === undefined ? verdict : `${verdict} ${why}`;

/** `fullName SIMILAR TYPO` */
export const findingText = (finding: Finding): string => `${finding.field} ${verdictText(finding)}`;

/** Everything that is not equal, in one cell. */
export const findingsText = (findings: readonly Finding[]): string => findings.map(findingText).join('; ');

/** What makes a mismatch: the other findings only say that the same was written in another way, or not at all. */
export const differs = ({ verdict }: Finding): boolean => verdict === 'DIFFERENT' || verdict === 'SIMILAR';
