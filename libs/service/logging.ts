import { pino, type DestinationStream, type Logger } from 'pino';

/** Names under which records carry personal values. */
const PERSONAL_FIELDS = [
  'fullName',
  'name',
  'otherNames',
  'dateOfBirth',
  'documentNumber',
  'personalId',
  'formerIds',
  'enterpriseCode',
  'taxCode',
  'recordKey',
  'content',
  'personal',
  'note',
  'reasonText',
  'text',
  'message.data',
] as const;

/** How deep an object in a log line is looked into. */
const DEPTHS = ['', '*.', '*.*.', '*.*.*.'];

export type { Logger };

/**
 * A logger of JSON lines for a service: level, time, service, what happened. Nobody is to hand it personal values; should someone, fields
 * of the names that records use are blotted out.
 */
export function createLogger(service: string, destination: DestinationStream = pino.destination(1)): Logger {
  return pino(
    {
      base: { service },
      messageKey: 'event',
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: DEPTHS.flatMap((depth) => PERSONAL_FIELDS.map((field) => `${depth}${field}`)),
        censor: '[personal]',
      },
      serializers: { error: describeError, err: describeError },
    },
    destination,
  );
}

/** Only errors with a code are the hub's own, whose messages repeat no value. */
export function describeError(error: unknown): { readonly code: string; readonly detail?: string } {
  if (typeof error === 'string') return { code: error };
  if (!(error instanceof Error)) return { code: 'unknown' };
  return 'code' in error && typeof error.code === 'string'
    ? { code: error.code, detail: error.message }
    : { code: error.name };
}
