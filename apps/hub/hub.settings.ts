import { DEFAULT_LINKER_SETTINGS, LINKER_SETTINGS, type LinkerSettings } from '#apps/linker';
import { DEFAULT_DESK_SETTINGS, type DeskSettings } from '#apps/steward-desk/settings';
import { DELIVERY_SETTINGS, type DeliverySettings } from '#libs/event-bus/delivery';
import type { SqliteEventStoreOptions } from '#libs/event-store/sqlite';
import { flag, readSettings, text, wholeNumber, type SettingsOf } from '#libs/platform';
import type { ProjectionSettings } from '#libs/projections';
import { FEED_SETTINGS } from '#libs/registries/feed';
import { DEFAULT_FILE_BOUNDS, type FileBounds } from '#libs/registries/files';
import { DEFAULT_IMPORT_QUEUE_SETTINGS, type ImportQueueSettings } from './parts/import-queue.settings.ts';

const KILOBYTE = 1_024;
const MEGABYTE = 1_024 ** 2;
const SECOND = 1_000;

const LISTENING = {
  dataDir: text('KHOP_DATA_DIR', 'Directory of the hub’s data', './data'),
  host: text('KHOP_HOST', 'Address to listen on', '127.0.0.1'),
  port: wholeNumber('KHOP_PORT', 'Port to listen on; 0 for any that is free', 3000, 0, 65_535),
  allowRemote: flag(
    'KHOP_ALLOW_REMOTE',
    'Listen on another address than loopback, although anyone who reaches it may act under any name',
    false,
  ),
};

const desk = DEFAULT_DESK_SETTINGS;
const DESK = {
  claimLeaseMinutes: wholeNumber(
    'KHOP_CLAIM_LEASE_MINUTES',
    'How long a claim holds',
    desk.claimLeaseMinutes,
    1,
    10_080,
  ),
  requestsPerSecond: wholeNumber(
    'KHOP_REQUESTS_PER_SECOND',
    'Requests of one address in a second',
    desk.requestsPerSecond,
    1,
    100_000,
  ),
  requestBurst: wholeNumber('KHOP_REQUEST_BURST', 'Requests of one address at once', desk.requestBurst, 1, 100_000),
  requestTimeoutSeconds: wholeNumber(
    'KHOP_REQUEST_TIMEOUT_SECONDS',
    'How long a request may take to arrive',
    desk.requestTimeoutSeconds,
    1,
    86_400,
  ),
  maxBodyKilobytes: wholeNumber(
    'KHOP_MAX_BODY_KILOBYTES',
    'Largest body of a request',
    desk.maxBodyBytes / KILOBYTE,
    16,
    16_384,
  ),
  pageItems: wholeNumber('KHOP_PAGE_ITEMS', 'Items in an answer where none are asked for', desk.pageSize, 1, 1_000),
  maxPageItems: wholeNumber('KHOP_MAX_PAGE_ITEMS', 'Most items in an answer', desk.maxPageSize, 1, 1_000),
  readyLagSeconds: wholeNumber(
    'KHOP_READY_LAG_SECONDS',
    'How far behind the views of a ready desk may be',
    desk.readyLagSeconds,
    1,
    86_400,
  ),
};

const IMPORTS = {
  maxUploadMegabytes: wholeNumber(
    'KHOP_MAX_UPLOAD_MEGABYTES',
    'Largest uploaded file',
    desk.maxUploadBytes / MEGABYTE,
    1,
    1_048_576,
  ),
  maxWaitingImports: wholeNumber(
    'KHOP_MAX_WAITING_IMPORTS',
    'Uploaded files that may wait',
    DEFAULT_IMPORT_QUEUE_SETTINGS.maxWaiting,
    1,
    10_000,
  ),
  maxRowKilobytes: wholeNumber(
    'KHOP_MAX_ROW_KILOBYTES',
    'Longest row of a file',
    DEFAULT_FILE_BOUNDS.maxLineBytes / KILOBYTE,
    1,
    65_536,
  ),
  maxColumns: wholeNumber('KHOP_MAX_COLUMNS', 'Most columns of a table', DEFAULT_FILE_BOUNDS.maxColumns, 1, 16_384),
  maxWorkbookMegabytes: wholeNumber(
    'KHOP_MAX_WORKBOOK_MEGABYTES',
    'Largest workbook, unpacked',
    DEFAULT_FILE_BOUNDS.maxUnpackedBytes / MEGABYTE,
    1,
    1_048_576,
  ),
};

const STORING = {
  logCacheMegabytes: wholeNumber('KHOP_LOG_CACHE_MEGABYTES', 'Cache of the log, in each thread', 64, 1, 65_536),
  logBusySeconds: wholeNumber('KHOP_LOG_BUSY_SECONDS', 'How long to wait while another process writes', 10, 1, 600),
  viewCacheMegabytes: wholeNumber('KHOP_VIEW_CACHE_MEGABYTES', 'Cache of each view', 48, 1, 65_536),
  viewBatchEvents: wholeNumber('KHOP_VIEW_BATCH_EVENTS', 'Events folded together', 2_000, 1, 10_000),
  viewMaxDeadLetters: wholeNumber('KHOP_VIEW_MAX_DEAD_LETTERS', 'More than these stop a view', 10_000, 1, 1_000_000),
  viewMaxRetrySeconds: wholeNumber(
    'KHOP_VIEW_MAX_RETRY_SECONDS',
    'Longest wait until a view is tried again',
    30,
    1,
    3_600,
  ),
};

/** What the environment may say of the hub; the command line goes before it. */
export const HUB_SETTINGS = {
  ...LISTENING,
  ...DESK,
  ...LINKER_SETTINGS,
  ...IMPORTS,
  ...STORING,
  ...DELIVERY_SETTINGS,
  ...FEED_SETTINGS,
};
export type HubSettings = SettingsOf<typeof HUB_SETTINGS>;

/** The bounds of each part, in its own words: plain data that crosses threads. */
export interface PartSettings {
  readonly desk: DeskSettings;
  readonly linker: LinkerSettings;
  readonly bus: DeliverySettings;
  readonly imports: ImportQueueSettings;
  readonly files: FileBounds;
  readonly log: Pick<SqliteEventStoreOptions, 'cacheMegabytes' | 'busyMilliseconds'>;
  readonly views: ProjectionSettings;
  readonly feeds: { readonly pageSize: number; readonly waitSeconds: number; readonly timeoutSeconds: number };
}

export function partsOf(settings: HubSettings): PartSettings {
  const { claimLeaseMinutes, requestsPerSecond, requestBurst, requestTimeoutSeconds, readyLagSeconds } = settings;
  const { absenceHoldMinutes, rejudgeRecordsPerSecond, maxPairsPerLikeness } = settings;
  const { batchSize, maxQueuedMessages, maxAttempts, initialBackoffMs, maxBackoffMs } = settings;
  const { pageSize, waitSeconds, timeoutSeconds } = settings;
  return {
    desk: {
      ...DEFAULT_DESK_SETTINGS,
      ...{ claimLeaseMinutes, requestsPerSecond, requestBurst, requestTimeoutSeconds, readyLagSeconds },
      pageSize: settings.pageItems,
      maxPageSize: settings.maxPageItems,
      maxBodyBytes: settings.maxBodyKilobytes * KILOBYTE,
      maxUploadBytes: settings.maxUploadMegabytes * MEGABYTE,
    },
    linker: { ...DEFAULT_LINKER_SETTINGS, absenceHoldMinutes, rejudgeRecordsPerSecond, maxPairsPerLikeness },
    bus: { batchSize, maxQueuedMessages, maxAttempts, initialBackoffMs, maxBackoffMs },
    imports: { ...DEFAULT_IMPORT_QUEUE_SETTINGS, maxWaiting: settings.maxWaitingImports },
    files: {
      ...DEFAULT_FILE_BOUNDS,
      maxLineBytes: settings.maxRowKilobytes * KILOBYTE,
      maxColumns: settings.maxColumns,
      maxUnpackedBytes: settings.maxWorkbookMegabytes * MEGABYTE,
    },
    log: { cacheMegabytes: settings.logCacheMegabytes, busyMilliseconds: settings.logBusySeconds * SECOND },
    views: {
      cacheMegabytes: settings.viewCacheMegabytes,
      batchEvents: settings.viewBatchEvents,
      maxDeadLetters: settings.viewMaxDeadLetters,
      maxRetryMilliseconds: settings.viewMaxRetrySeconds * SECOND,
    },
    feeds: { pageSize, waitSeconds, timeoutSeconds },
  };
}

/** The settings of a command that works on the data alone: nobody else needs the machine, so that judging again is not held back. */
export function commandSettings(environment: NodeJS.ProcessEnv): PartSettings {
  const parts = partsOf(readSettings(HUB_SETTINGS, environment));
  return { ...parts, linker: { ...parts.linker, rejudgeRecordsPerSecond: 0 } };
}
