export { closeAbandonedCatchUps } from './abandoned-catch-ups.ts';
export { adapterModule, adapterToken } from './adapter.module.ts';
export {
  DEFAULT_ADAPTER_SETTINGS,
  adapterSettings,
  readAdapterSettings,
  sourceUrlVariable,
  type AdapterSettings,
} from './adapter.settings.ts';
export { openAdapter, type Adapter, type AdapterDeps } from './adapter.ts';
export { ADAPTER_STATE_DIRECTORY } from './state-directory.ts';
