import { text, wholeNumber } from '#libs/platform';

/** What every service that runs as a process of its own reads. */
export const SERVICE_SETTINGS = {
  dataDir: text('KHOP_DATA_DIR', 'Directory of the hub’s data, shared by the services of one machine', './data'),
  httpHost: text('KHOP_HTTP_HOST', 'Address on which a service answers for its health and metrics', '127.0.0.1'),
  httpPort: wholeNumber('KHOP_HTTP_PORT', 'Port for health and metrics; 0 for any that is free', 0, 0, 65_535),
  instance: text('KHOP_INSTANCE', 'Name of this instance of a service; default: host name and process id', ''),
};
