export { openTemporaryDatabase } from './temporary-database.ts';
