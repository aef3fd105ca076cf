import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { readSettings } from '#libs/platform';
import { commandSettings, HUB_SETTINGS, partsOf } from './hub.settings.ts';

const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const listed = new Map<string, string>();
for (const [, name = '', value = ''] of example.matchAll(/^(KHOP_[A-Z_]+)=(.*)$/gm)) listed.set(name, value);
const defined = new Map<string, string>();
for (const { variable, fallback } of Object.values(HUB_SETTINGS)) defined.set(variable, String(fallback));

describe('settings of the hub', () => {
  it('stand in .env.example, each with the value that holds without it', () => {
    expect([...defined].filter(([name, value]) => listed.get(name) !== value)).toEqual([]);
  });

  it('of .env.example are read as they stand there', () => {
    const asListed = readSettings(HUB_SETTINGS, Object.fromEntries(listed));
    expect(asListed).toEqual(readSettings(HUB_SETTINGS, {}));
  });

  it('that are wrong are named all at once, with their bounds', () => {
    const wrong = { KHOP_CLAIM_LEASE_MINUTES: '0', KHOP_MAX_COLUMNS: 'many', KHOP_LOG_BUSY_SECONDS: '-1' };
    expect(() => readSettings(HUB_SETTINGS, wrong)).toThrow(
      /3 settings are wrong:[^]*KHOP_CLAIM_LEASE_MINUTES must be a whole number from 1[^]*KHOP_MAX_COLUMNS[^]*KHOP_LOG_BUSY_SECONDS/,
    );
  });

  it('reach the parts in their own units', () => {
    const environment = {
      KHOP_MAX_BODY_KILOBYTES: '64',
      KHOP_MAX_UPLOAD_MEGABYTES: '2',
      KHOP_REJUDGE_RECORDS_PER_SECOND: '50',
      KHOP_LOG_BUSY_SECONDS: '3',
      KHOP_MAX_ROW_KILOBYTES: '4',
      KHOP_FEED_PAGE_SIZE: '7',
    };
    const parts = partsOf(readSettings(HUB_SETTINGS, environment));
    expect(parts).toMatchObject({
      desk: { maxBodyBytes: 65_536, maxUploadBytes: 2_097_152 },
      linker: { rejudgeRecordsPerSecond: 50 },
      log: { busyMilliseconds: 3_000 },
      files: { maxLineBytes: 4_096 },
      feeds: { pageSize: 7 },
    });
    expect(commandSettings(environment).linker.rejudgeRecordsPerSecond).toBe(0);
  });
});
