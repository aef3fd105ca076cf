export { upcasting } from './upcasting.event-store.ts';
