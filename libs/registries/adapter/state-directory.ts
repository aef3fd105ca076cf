/** Where adapters keep their state in a data directory. */
export const ADAPTER_STATE_DIRECTORY = 'adapters';
