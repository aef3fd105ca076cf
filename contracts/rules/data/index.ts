export { PROVINCES_2025, type ProvinceMerge } from './provinces-2025.ts';
