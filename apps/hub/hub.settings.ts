import { flag, text, wholeNumber } from '#libs/platform';

/** What the environment may say of the hub; the command line goes before it. */
export const HUB_SETTINGS = {
  dataDir: text('KHOP_DATA_DIR', 'Directory of the hub’s data', './data'),
  host: text('KHOP_HOST', 'Address to listen on', '127.0.0.1'),
  port: wholeNumber('KHOP_PORT', 'Port to listen on; 0 for any that is free', 3000, 0, 65_535),
  allowRemote: flag(
    'KHOP_ALLOW_REMOTE',
    'Listen on another address than loopback, although anyone who reaches it may act under any name',
    false,
  ),
};
