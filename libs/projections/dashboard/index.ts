export * from './dashboard.query.ts';
export { readDashboard } from './read-dashboard.ts';
