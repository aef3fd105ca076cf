export { runAdapter } from './run-adapter.ts';
