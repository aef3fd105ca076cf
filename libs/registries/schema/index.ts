export { ensureTextColumn } from './ensure-column.ts';
