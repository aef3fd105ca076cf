import { readFileSync } from 'node:fs';
import { flag, oneOf, readSettings, SettingsError, text } from '#libs/platform';

/** How to reach Kafka. */
export interface KafkaConnection {
  /** `host:port` of some brokers; the others are learnt from them. */
  readonly brokers: readonly string[];
  /** How this client names itself to the brokers, such as `khop-linker`. */
  readonly clientId: string;
  readonly tls: KafkaTls | false;
  readonly sasl: KafkaSasl | null;
  /** Stands before the name of every topic, group and transactional id: several hubs may share a Kafka. */
  readonly prefix: string;
}

/** PEM texts; without a CA those of the system are trusted, without a certificate the client shows none. */
export interface KafkaTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface KafkaSasl {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

/** The environment's settings of the connection, for documentation and for reading them. */
export const KAFKA_CONNECTION_SETTINGS = {
  brokers: {
    ...text('KHOP_KAFKA', 'Kafka brokers, host:port, separated by commas', '127.0.0.1:9092'),
    parse: (value: string) =>
      value.split(',').every((broker) => /^[^\s:]+:[0-9]{1,5}$/.test(broker.trim()))
        ? { value }
        : { problem: 'must be host:port, several of them separated by commas' },
  },
  prefix: {
    ...text('KHOP_KAFKA_PREFIX', 'Stands before the name of every topic and group', ''),
    parse: (value: string) =>
      /^[A-Za-z0-9._-]{1,50}$/.test(value)
        ? { value }
        : { problem: 'must be at most 50 letters, digits, dots, dashes and underscores' },
  },
  tls: flag('KHOP_KAFKA_TLS', 'Whether connections to Kafka are encrypted', false),
  tlsCa: text('KHOP_KAFKA_TLS_CA_FILE', 'PEM file of the authority that Kafka’s certificates come from', ''),
  tlsCert: text('KHOP_KAFKA_TLS_CERT_FILE', 'PEM file of the certificate to show to Kafka', ''),
  tlsKey: text('KHOP_KAFKA_TLS_KEY_FILE', 'PEM file of that certificate’s key', ''),
  sasl: oneOf('KHOP_KAFKA_SASL', 'How to log in to Kafka', 'none', [
    'none',
    'plain',
    'scram-sha-256',
    'scram-sha-512',
  ] as const),
  username: text('KHOP_KAFKA_USERNAME', 'User name for Kafka', ''),
  password: text('KHOP_KAFKA_PASSWORD', 'Password for Kafka; better in a file', ''),
  passwordFile: text('KHOP_KAFKA_PASSWORD_FILE', 'File with the password for Kafka', ''),
};

/** Reads how to reach Kafka from the environment. Throws `SettingsError` that names every problem at once. */
export function readKafkaConnection(environment: NodeJS.ProcessEnv, clientId: string): KafkaConnection {
  const settings = readSettings(KAFKA_CONNECTION_SETTINGS, environment);
  const problems: string[] = [];
  const file = (variable: string, path: string): string | undefined => {
    if (path === '') return undefined;
    try {
      return readFileSync(path, 'utf8');
    } catch {
      problems.push(`${variable} names a file that can't be read`);
      return undefined;
    }
  };
  const ca = file('KHOP_KAFKA_TLS_CA_FILE', settings.tlsCa);
  const cert = file('KHOP_KAFKA_TLS_CERT_FILE', settings.tlsCert);
  const key = file('KHOP_KAFKA_TLS_KEY_FILE', settings.tlsKey);
  const password = file('KHOP_KAFKA_PASSWORD_FILE', settings.passwordFile)?.trim() ?? settings.password;
  if ((settings.tlsCert === '') !== (settings.tlsKey === '')) {
    problems.push('KHOP_KAFKA_TLS_CERT_FILE and KHOP_KAFKA_TLS_KEY_FILE go together');
  }
  if (!settings.tls && [settings.tlsCa, settings.tlsCert, settings.tlsKey].some((path) => path !== '')) {
    problems.push('KHOP_KAFKA_TLS must be true when certificates are given');
  }
  if (settings.sasl !== 'none' && (settings.username === '' || password === '')) {
    problems.push(`KHOP_KAFKA_SASL ${settings.sasl} needs KHOP_KAFKA_USERNAME and KHOP_KAFKA_PASSWORD_FILE`);
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return {
    brokers: settings.brokers.split(',').map((broker) => broker.trim()),
    clientId,
    tls: settings.tls && {
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    },
    sasl: settings.sasl === 'none' ? null : { mechanism: settings.sasl, username: settings.username, password },
    prefix: settings.prefix,
  };
}
