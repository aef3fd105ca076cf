import type { Registry } from '#contracts/records';
import { readSettings, SettingsError, text, wholeNumber } from '#libs/platform';
import { DEFAULT_FEED_SETTINGS } from '../feed/index.ts';
import { MAX_PAGE_SIZE, MAX_WAIT_SECONDS } from '../source/index.ts';

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
  timeoutSeconds: 10,
};

/** The variable that holds the address of a registry, such as `KHOP_TAX_OFFICE_URL`. */
export const sourceUrlVariable = (registry: Registry): string =>
  `KHOP_${registry.toUpperCase().replaceAll('-', '_')}_URL`;

/** Reads an adapter's settings from the environment. Throws `SettingsError` that names every problem. */
export function readAdapterSettings(registry: Registry, environment: NodeJS.ProcessEnv): AdapterSettings {
  const { pageSize, waitSeconds, timeoutSeconds } = DEFAULT_ADAPTER_SETTINGS;
  const variable = sourceUrlVariable(registry);
  const settings = readSettings(
    {
      sourceUrl: {
        ...text(variable, `Address of ${registry}`, ''),
        parse: (value: string) =>
          /^https?:$/.test(URL.parse(value)?.protocol ?? '')
            ? { value }
            : { problem: 'must be an http or https address' },
      },
      pageSize: wholeNumber('KHOP_FEED_PAGE_SIZE', 'Changes asked for at once', pageSize, 1, MAX_PAGE_SIZE),
      waitSeconds: wholeNumber(
        'KHOP_FEED_WAIT_SECONDS',
        'How long to wait for a change',
        waitSeconds,
        1,
        MAX_WAIT_SECONDS,
      ),
      timeoutSeconds: wholeNumber('KHOP_SOURCE_TIMEOUT_SECONDS', 'How long an answer may take', timeoutSeconds, 1, 300),
    },
    environment,
  );
  if (settings.sourceUrl === '') throw new SettingsError([`${variable} must be set`]);
  return settings;
}
