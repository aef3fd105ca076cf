import type { IHeaders, KafkaMessage, Message as KafkaRecord } from 'kafkajs';
import type { Message } from '#libs/event-bus/port';

/**
 * CloudEvents 1.0 in Kafka's binary binding: attributes in headers with the prefix `ce_`, the data as the value. The
 * trace stands both as the distributed tracing extension (`ce_traceparent`) and, for whoever knows Kafka but not
 * CloudEvents, as the plain header `traceparent`. Other headers of a message are headers of the record.
 */
export interface CloudEventContext {
  /** Who says it: a URI reference such as `/khop/linker`. */
  readonly source: string;
  /** RFC 3339: when it happened. */
  readonly time: string;
  /** What it is about, within the source. */
  readonly subject?: string;
}

const CONTENT_TYPE = 'content-type';
const JSON_TYPE = 'application/json';
const ATTRIBUTE = 'ce_';

/** The record of a message. */
export function toRecord(message: Message, context: CloudEventContext): KafkaRecord {
  const headers: IHeaders = {
    ...message.headers,
    ce_specversion: '1.0',
    ce_id: message.id,
    ce_source: context.source,
    ce_type: message.type,
    ce_time: context.time,
    [CONTENT_TYPE]: JSON_TYPE,
  };
  if (context.subject !== undefined) headers['ce_subject'] = context.subject;
  const traceparent = message.headers?.['traceparent'];
  if (traceparent !== undefined) headers['ce_traceparent'] = traceparent;
  return { key: message.key, value: JSON.stringify(message.data ?? null), headers };
}

/** A message that is no CloudEvent, or whose data are no JSON: it is a dead letter before any handler sees it. */
export const UNREADABLE = 'khop.bus.unreadable-message.v1';

/** The message of a record; `place` names a record that does not name itself. */
export function toMessage({ key, value, headers = {} }: KafkaMessage, place: string): Message {
  const id = headerText(headers['ce_id']);
  const type = headerText(headers['ce_type']);
  const data = parsed(value);
  if (id === undefined || type === undefined || data === undefined) {
    return { id: id ?? place, key: key?.toString() ?? place, type: UNREADABLE, data: value?.toString() ?? null };
  }
  const others = otherHeaders(headers);
  return { id, key: key?.toString() ?? id, type, data: data.json, ...(others && { headers: others }) };
}

function parsed(value: Buffer | null): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(value?.toString() ?? 'null') as unknown };
  } catch {
    return undefined;
  }
}

function otherHeaders(headers: IHeaders): Record<string, string> | undefined {
  let others: Record<string, string> | undefined;
  for (const name in headers) {
    if (name.startsWith(ATTRIBUTE) || name === CONTENT_TYPE) continue;
    const text = headerText(headers[name]);
    if (text !== undefined) (others ??= {})[name] = text;
  }
  return others;
}

/** A header as text; of several with one name the first. */
export function headerText(header: IHeaders[string]): string | undefined {
  const first = Array.isArray(header) ? header[0] : header;
  return first?.toString();
}
