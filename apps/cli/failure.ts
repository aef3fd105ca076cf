export { CommandError, describeFailure, EXIT } from '#libs/console';
