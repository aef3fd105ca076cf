import type { Code, Finding } from '#contracts/verdicts';

/** Codes and findings as a view stores them: equal ones give equal text. What was written so reads back as it was. */
export const codesText = (codes: readonly Code[]): string => (codes.length === 0 ? '[]' : JSON.stringify(codes));
export const parseCodes = (text: unknown): readonly Code[] => JSON.parse(String(text)) as readonly Code[];

export const findingsText = (findings: readonly Finding[]): string =>
  findings.length === 0 ? '[]' : JSON.stringify(findings.map(ordered));
export const parseFindings = (text: unknown): readonly Finding[] => JSON.parse(String(text)) as readonly Finding[];

const ordered = ({ field, verdict, why }: Finding): Finding =>
  why === undefined ? { field, verdict } : { field, verdict, why };
