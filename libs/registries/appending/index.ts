export { appendPatiently } from './append-patiently.ts';
