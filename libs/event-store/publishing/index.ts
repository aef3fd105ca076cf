export { publishing } from './publishing.event-store.ts';
