import type { RecordContent } from '#contracts/records';
import type { Check } from '#contracts/verdicts';
import { verdictText } from '../findings.ts';
import { printable, table } from '../output.ts';
import type { FoundRecord, Version } from './find-record.ts';
import { happeningText, when } from './describe-happening.ts';
import type { RecordStory, ShownVerdict, Side } from './record-story.ts';

/** A record as a person reads it: what it says, what the checks say of it, what happened. */
export function describeStory({ found, verdicts, history }: RecordStory): string {
  const checked = verdicts.filter(({ side }) => side === 'left');
  const mentions = verdicts.filter(({ side }) => side === 'right');
  return [
    describeCurrent(found),
    heading('Verdicts', checked.length === 0 ? [noVerdicts(found)] : checked.map(describeVerdict)),
    ...(mentions.length === 0 ? [] : [heading('Found as the counterpart of', mentions.map(describeVerdict))]),
    heading('History', history.map(happeningText)),
  ].join('\n\n');
}

const heading = (title: string, parts: readonly string[]): string => `${title}\n${parts.join('\n')}`;

const noVerdicts = ({ current, record }: FoundRecord): string =>
  current.withdrawn
    ? '  none: its source has removed the record'
    : record === 'resident'
      ? '  none: nobody else seems to be the same person'
      : '  none yet';

function describeCurrent({ registry, record, key, current, versions }: FoundRecord): string {
  const source = current.event.data['updatedAt'];
  const changed = typeof source === 'string' ? `, changed by its source ${source}` : '';
  const withdrawn = current.withdrawn ? ', WITHDRAWN by its source' : '';
  const title = `${record} ${printable(key)} of ${registry}`;
  const version = `version ${current.event.streamVersion + 1} of ${versions.length}, taken in ${when(current.event.recordedAt)}${changed}${withdrawn}`;
  return [title, `  ${version}`, ...fieldLines(current)].join('\n');
}

function fieldLines({ content }: Version): readonly string[] {
  if (content === undefined) return ['  (its personal part is erased)'];
  const fields = flatten(content);
  const width = Math.max(...fields.map(([name]) => name.length));
  return fields.map(([name, value]) => `  ${name.padEnd(width)}  ${printable(value)}`);
}

/** Every value with its path, such as `representatives.0.fullName`. */
function flatten(content: RecordContent): readonly (readonly [string, string])[] {
  const walk = (value: unknown, path: string): readonly (readonly [string, string])[] => {
    if (typeof value !== 'object' || value === null) return [[path, valueText(value)]];
    return Object.entries(value).flatMap(([name, inner]) => walk(inner, path === '' ? name : `${path}.${name}`));
  };
  return walk(content, '');
}

function describeVerdict(verdict: ShownVerdict): string {
  const { check, side, left, right, outcome, codes, phase, holder, part, fields, corrections } = verdict;
  const other = side === 'left' ? (right === null ? 'no counterpart' : `with ${sideText(right)}`) : sideText(left);
  const why = codes.length === 0 ? '' : ` ${codes.join(' ')}`;
  const held = holder === null ? '' : `, held by ${printable(holder)}`;
  const lines = [
    `  ${check}${personText(check, part)}: ${outcome}${why}, ${other}${phase === 'settled' ? ', settled' : ''}${held}`,
  ];
  if (fields.length > 0) {
    const header = ['field', 'finding', left.registry, right?.registry ?? ''];
    const rows = fields.map((field) => [
      field.field,
      verdictText(field),
      valueText(field.left),
      valueText(field.right),
    ]);
    lines.push(indented(table(header, rows), 4));
  }
  for (const { registry, state, requestedAt } of corrections) {
    lines.push(`    correction by ${registry}: ${state}, requested ${when(requestedAt)}`);
  }
  return lines.join('\n');
}

function personText(check: Check, part: number): string {
  if (check === 'marriage') return part === 0 ? ' of the husband' : ' of the wife';
  return check === 'legal-representative' ? ` of representative ${part + 1}` : '';
}

const sideText = ({ registry, record, recordKey }: Side): string =>
  `${record} ${recordKey === null ? '(erased)' : printable(recordKey)} of ${registry}`;

const indented = (text: string, spaces: number): string => text.replace(/^/gm, ' '.repeat(spaces));

/** A value as it stands in a line; of an object, its parts. */
function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return value === undefined ? '—' : JSON.stringify(value);
  if (value === null) return '—';
  return Object.entries(value)
    .map(([name, part]) => `${name} ${valueText(part)}`)
    .join(', ');
}
