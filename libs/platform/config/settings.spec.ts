import { describe, expect, it } from '@jest/globals';
import { flag, oneOf, readSettings, SettingsError, text, wholeNumber } from './settings.ts';

const definitions = {
  port: wholeNumber('KHOP_PORT', 'Port of the API', 3000, 0, 65_535),
  host: text('KHOP_HOST', 'Address to listen on', '127.0.0.1'),
  level: oneOf('KHOP_LOG_LEVEL', 'What is logged', 'info', ['info', 'error']),
  open: flag('KHOP_OPEN', 'Whether it is open', false),
};

describe('settings', () => {
  it('have defaults, and take an empty variable as not given', () => {
    expect(readSettings(definitions, { KHOP_HOST: ' ' })).toEqual({
      port: 3000,
      host: '127.0.0.1',
      level: 'info',
      open: false,
    });
  });

  it('come from the environment', () => {
    expect(readSettings(definitions, { KHOP_PORT: '0', KHOP_LOG_LEVEL: 'error', KHOP_OPEN: 'true' })).toMatchObject({
      port: 0,
      level: 'error',
      open: true,
    });
  });

  it('are refused with every problem in one message, without the values', () => {
    const read = () => readSettings(definitions, { KHOP_PORT: '99999x', KHOP_LOG_LEVEL: 'loud', KHOP_OPEN: '1' });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(/KHOP_PORT[^]*KHOP_LOG_LEVEL[^]*KHOP_OPEN/);
    expect(read).not.toThrow(/99999x/);
  });
});
