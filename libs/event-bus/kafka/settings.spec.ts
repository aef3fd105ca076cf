import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readKafkaConnection } from './connection.settings.ts';
import { DEFAULT_KAFKA_EVENT_BUS_SETTINGS, readKafkaEventBusSettings } from './settings.ts';

describe('how to reach Kafka', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'khop-kafka-settings-'));
  });
  afterEach(async () => rm(directory, { recursive: true }));

  const file = async (name: string, text: string): Promise<string> => {
    const path = join(directory, name);
    await writeFile(path, text);
    return path;
  };

  it('is a broker on this machine without TLS or login, unless something else is said', () => {
    expect(readKafkaConnection({}, 'khop')).toEqual({
      brokers: ['127.0.0.1:9092'],
      clientId: 'khop',
      tls: false,
      sasl: null,
      prefix: '',
    });
  });

  it('takes several brokers, certificates and a password from files', async () => {
    const connection = readKafkaConnection(
      {
        KHOP_KAFKA: 'a:9093, b:9093',
        KHOP_KAFKA_TLS: 'true',
        KHOP_KAFKA_TLS_CA_FILE: await file('ca.pem', 'CA'),
        KHOP_KAFKA_SASL: 'scram-sha-512',
        KHOP_KAFKA_USERNAME: 'linker',
        KHOP_KAFKA_PASSWORD_FILE: await file('password', 'secret\n'),
        KHOP_KAFKA_PREFIX: 'province-01.',
      },
      'khop-linker',
    );
    expect(connection).toEqual({
      brokers: ['a:9093', 'b:9093'],
      clientId: 'khop-linker',
      tls: { ca: 'CA' },
      sasl: { mechanism: 'scram-sha-512', username: 'linker', password: 'secret' },
      prefix: 'province-01.',
    });
  });

  it('is refused with every problem at once, and without the values', () => {
    const read = () =>
      readKafkaConnection(
        {
          KHOP_KAFKA_TLS_CERT_FILE: '/nowhere/cert.pem',
          KHOP_KAFKA_SASL: 'plain',
          KHOP_KAFKA_PASSWORD: 'secret',
        },
        'khop',
      );
    expect(read).toThrow(
      /CERT_FILE names a file[^]*CERT_FILE and [^]*KHOP_KAFKA_TLS must be true[^]*KHOP_KAFKA_USERNAME/,
    );
    expect(read).not.toThrow(/secret/);
    expect(() => readKafkaConnection({ KHOP_KAFKA: 'kafka' }, 'khop')).toThrow(/KHOP_KAFKA must be host:port/);
  });
});

describe('the settings of the bus', () => {
  it('fit each other, or are refused', () => {
    expect(readKafkaEventBusSettings({ KHOP_BUS_MAX_ATTEMPTS: '9' })).toMatchObject({
      maxAttempts: 9,
      batchSize: DEFAULT_KAFKA_EVENT_BUS_SETTINGS.batchSize,
    });
    const read = () =>
      readKafkaEventBusSettings({ KHOP_KAFKA_HEARTBEAT_INTERVAL_MS: '20000', KHOP_KAFKA_WATCHDOG_MS: '30000' });
    expect(read).toThrow(/at most half[^]*KHOP_KAFKA_WATCHDOG_MS/);
  });
});
