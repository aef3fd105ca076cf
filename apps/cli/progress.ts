export { startProgress, type Progress } from '#libs/console';
