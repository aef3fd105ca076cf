import { readFileSync } from 'node:fs';

/** The ward table that the project carries. */
export const WARDS_CSV = readFileSync(new URL('../../contracts/rules/data/wards-2025.csv', import.meta.url), 'utf8');
