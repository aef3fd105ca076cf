import type { Registry } from '#contracts/records';
import { readSettings, text } from '#libs/platform';
import { DEFAULT_FEED_SETTINGS, FEED_SETTINGS } from '../feed/index.ts';

export interface AdapterSettings {
  /** Address of the registry, such as `http://127.0.0.1:4101`. */
  readonly sourceUrl: string;
  /** Changes asked for at once. */
  readonly pageSize: number;
  /** How long a request for changes or decisions is kept open when there are none. */
  readonly waitSeconds: number;
  /** How long an answer of the source may take beyond that. */
  readonly timeoutSeconds: number;
}

export const DEFAULT_ADAPTER_SETTINGS: Omit<AdapterSettings, 'sourceUrl'> = {
  pageSize: DEFAULT_FEED_SETTINGS.pageSize,
  waitSeconds: DEFAULT_FEED_SETTINGS.waitSeconds,
  timeoutSeconds: FEED_SETTINGS.timeoutSeconds.fallback,
};

/** The variable that holds the address of a registry, such as `KHOP_TAX_OFFICE_URL`. */
export const sourceUrlVariable = (registry: Registry): string =>
  `KHOP_${registry.toUpperCase().replaceAll('-', '_')}_URL`;

/** What an adapter reads of the environment. */
export const adapterSettings = (registry: Registry) => ({
  sourceUrl: {
    ...text(sourceUrlVariable(registry), `Address of ${registry}`, ''),
    required: true,
    parse: (value: string) =>
      /^https?:$/.test(URL.parse(value)?.protocol ?? '') ? { value } : { problem: 'must be an http or https address' },
  },
  ...FEED_SETTINGS,
});

/** Reads an adapter's settings from the environment. Throws `SettingsError` that names every problem. */
export const readAdapterSettings = (registry: Registry, environment: NodeJS.ProcessEnv): AdapterSettings =>
  readSettings(adapterSettings(registry), environment);
