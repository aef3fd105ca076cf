import { wholeNumber } from '#libs/platform';
import { DEFAULT_BACKOFF, MAX_PAGE_SIZE, MAX_WAIT_SECONDS, type BackoffSettings } from '../source/index.ts';

export interface FeedSettings {
  /** Changes asked for at once. */
  readonly pageSize: number;
  /** How long a request is kept open when there is nothing new. */
  readonly waitSeconds: number;
  readonly backoff: BackoffSettings;
}

export const DEFAULT_FEED_SETTINGS: FeedSettings = { pageSize: 1000, waitSeconds: 20, backoff: DEFAULT_BACKOFF };

const { pageSize, waitSeconds } = DEFAULT_FEED_SETTINGS;

/** What the environment may say of following a registry. */
export const FEED_SETTINGS = {
  pageSize: wholeNumber('KHOP_FEED_PAGE_SIZE', 'Changes asked for at once', pageSize, 1, MAX_PAGE_SIZE),
  waitSeconds: wholeNumber('KHOP_FEED_WAIT_SECONDS', 'How long to wait for a change', waitSeconds, 1, MAX_WAIT_SECONDS),
  timeoutSeconds: wholeNumber('KHOP_SOURCE_TIMEOUT_SECONDS', 'How long an answer may take', 10, 1, 300),
};
