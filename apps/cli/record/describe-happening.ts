import { RECORD_EVENT_TYPES, VERDICT_EVENT_TYPES } from '#contracts/events';
import type { JsonObject, RecordedEvent } from '#libs/event-store/port';
import { printable } from '../output.ts';
import type { Happening } from './record-story.ts';

const recordTypes: ReadonlySet<string> = new Set(RECORD_EVENT_TYPES);
const verdictTypes: ReadonlySet<string> = new Set(VERDICT_EVENT_TYPES);

/** `2026-11-22 14:50:43 UTC` */
export const when = (timestamp: string): string => `${timestamp.slice(0, 19).replace('T', ' ')} UTC`;

/** One line: when, of which check, what, who, and the reason that they gave. */
export function happeningText({ event, check }: Happening): string {
  const who = event.actor === undefined ? '' : ` by ${printable(event.actor)}`;
  const reason = event.personal?.['reason'];
  const why = typeof reason === 'string' ? `: ${printable(reason)}` : '';
  return `  ${when(event.recordedAt)}  ${check === null ? whatOfRecord(event) : `${check} ${whatOfCheck(event)}`}${who}${why}`;
}

function whatOfRecord({ type, data, streamVersion }: RecordedEvent): string {
  const change = recordTypes.has(type) ? (/-([a-z]+)\.v[0-9]+$/.exec(type)?.[1] ?? type) : type;
  const late = data['late'] === true ? ', late: an older version than the current one' : '';
  return `version ${streamVersion + 1} ${change} from ${sourceText(data['source'])}${late}`;
}

function sourceText(source: unknown): string {
  if (!isObject(source)) return 'its source';
  switch (source['kind']) {
    case 'file':
      return `line ${wordOf(source['line'])} of a file`;
    case 'feed':
      return 'the change feed';
    default:
      return 'quarantine';
  }
}

function whatOfCheck({ type, data }: RecordedEvent): string {
  if (verdictTypes.has(type)) {
    const codes = Array.isArray(data['codes']) ? data['codes'].join(' ') : '';
    return `judged ${wordOf(data['outcome'])}${codes === '' ? '' : ` ${codes}`}`;
  }
  const name = (/\.([a-z-]+)\.v[0-9]+$/.exec(type)?.[1] ?? type).replaceAll('-', ' ');
  const details = DETAILS.map((field) => wordOf(data[field])).filter((word) => word !== '');
  return details.length === 0 ? name : `${name} (${details.join(', ')})`;
}

/** What of an event's data a person wants to see in the line. */
const DETAILS = ['decision', 'why', 'registry', 'leaseUntil'];

const wordOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
