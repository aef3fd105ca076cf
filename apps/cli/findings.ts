import type { Finding } from '#contracts/verdicts';

/** `fullName SIMILAR TYPO` */
export const findingText = ({ field, verdict, why }: Finding): string =>
  why === undefined ? `${field} ${verdict}` : `${field} ${verdict} ${why}`;

/** Everything that is not equal, in one cell. */
export const findingsText = (findings: readonly Finding[]): string => findings.map(findingText).join('; ');

/** What makes a mismatch: the other findings only say that the same was written in another way, or not at all. */
export const differs = ({ verdict }: Finding): boolean => verdict === 'DIFFERENT' || verdict === 'SIMILAR';
