import type { Code, Finding } from '#contracts/verdicts';

/** What the view has written itself reads back as it was. */
export const parseCodes = (text: unknown): readonly Code[] => JSON.parse(String(text)) as readonly Code[];
export const parseFindings = (text: unknown): readonly Finding[] => JSON.parse(String(text)) as readonly Finding[];
