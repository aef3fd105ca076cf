import {
  cleanCode,
  parseEnterpriseCode,
  parsePartialDate,
  parsePersonalId,
  parseTaxCode,
  restoreCode,
} from '#libs/domain/identity';
import type { IdReason } from '#libs/domain/identity';
import type { QuarantineReason } from '#contracts/events';
import type { LeafSpec, RecordDefinition, RegistryCode } from '../definitions/index.ts';
import type { ReasonCode } from './reasons.ts';
import { FLAG, spelled } from '../definitions/index.ts';
import { reason } from './reasons.ts';
import { shapeOf } from './shape.ts';

/** Reads one value of a raw row: the value as it is stored, or undefined when it is missing or was refused with a reason. */
export type ReadValue = (value: unknown, reasons: QuarantineReason[]) => string | boolean | undefined;

const DIGITS = /^[0-9]+$/;
const HYPHEN = 45;
const ZERO = 48;
const WARD_DIGITS = 5;
const PROVINCE_DIGITS = 2;

/** Compiles the reader of a field's values. `path` is the field's name in reasons. */
export function compileValue(spec: LeafSpec, path: string): ReadValue {
  switch (spec.kind) {
    case 'text':
      return (value, reasons) => textIn(value, path, reasons);
    case 'date':
      return onText(path, (text, reasons) => {
        if (isPlainDate(text)) return text;
        const date = parsePartialDate(text);
        if (date.ok) return date.value;
        reasons.push(reason(path, date.reason === 'IMPOSSIBLE_DATE' ? 'date-impossible' : 'date-form', shapeOf(text)));
        return undefined;
      });
    case 'moment':
      return (value, reasons) => textIn(value, path, reasons);
    case 'flag':
      return (value, reasons) => flagIn(value, path, reasons);
    case 'choice':
      return onText(path, (text, reasons) => {
        const code = spelled(spec.spellings, text);
        if (code === undefined) reasons.push(reason(path, 'unknown-spelling', shapeOf(text)));
        return code;
      });
    case 'code':
      return spec.own
        ? onText(path, ownCodeReader(spec.code, path))
        : onText(path, (text) => restored(spec.code, text));
  }
}

function onText(path: string, read: (text: string, reasons: QuarantineReason[]) => string | undefined): ReadValue {
  return (value, reasons) => {
    const text = textIn(value, path, reasons);
    return text === undefined ? undefined : read(text, reasons);
  };
}

function textIn(value: unknown, path: string, reasons: QuarantineReason[]): string | undefined {
  if (typeof value === 'string') return isBlank(value) ? undefined : value;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  reasons.push(reason(path, 'wrong-type', shapeOf(value)));
  return undefined;
}

/** Whether there is nothing but white space. Most texts show at their first character that they are not blank. */
function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first > 0x20 && first < 0x80) || text.trim() !== '' ? false : true;
}

function flagIn(value: unknown, path: string, reasons: QuarantineReason[]): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = textIn(value, path, reasons);
  if (text === undefined) return undefined;
  const flag = spelled(FLAG, text);
  if (flag === undefined) reasons.push(reason(path, 'unknown-spelling', shapeOf(text)));
  return flag === undefined ? undefined : flag === 'true';
}

const CODE_REASONS: { readonly [R in IdReason]?: ReasonCode } = {
  LENGTH: 'code-length',
  NUMBER: 'code-number',
  CHECK_DIGIT: 'code-check-digit',
  SUFFIX: 'code-suffix',
};

/** Reads the record's own code, which must be well-formed, into its one written form. */
function ownCodeReader(
  code: RegistryCode,
  path: string,
): (text: string, reasons: QuarantineReason[]) => string | undefined {
  return (text, reasons) => {
    const read = parseOwn(code, restored(code, text));
    if (read.ok) return read.value;
    reasons.push(reason(path, CODE_REASONS[read.reason] ?? 'code-characters', shapeOf(text)));
    return undefined;
  };
}

/** The one written form of a record's own code that stands in a top-level field; undefined when it is not well-formed. */
export function ownCodeOf({ fields }: RecordDefinition, field: string, value: string): string | undefined {
  const spec = fields[field];
  if (spec?.kind !== 'code' || !spec.own) return undefined;
  const read = parseOwn(spec.code, restored(spec.code, value));
  return read.ok ? read.value : undefined;
}

type OwnCode = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: IdReason };

function parseOwn(code: RegistryCode, text: string): OwnCode {
  switch (code) {
    case 'enterprise': {
      const read = parseEnterpriseCode(text);
      return read.ok ? { ok: true, value: read.value.canonical } : read;
    }
    case 'tax': {
      const read = parseTaxCode(text);
      return read.ok ? { ok: true, value: read.value.canonical } : read;
    }
    case 'personal-id': {
      const read = parsePersonalId(text);
      return read.ok ? { ok: true, value: read.value.digits } : read;
    }
    case 'ward':
      return unitCode(text, WARD_DIGITS);
    case 'province':
      return unitCode(text, PROVINCE_DIGITS);
  }
}

function unitCode(text: string, digits: number): OwnCode {
  const code = cleanCode(text);
  if (!DIGITS.test(code)) return { ok: false, reason: 'CHARACTERS' };
  return code.length === digits ? { ok: true, value: code } : { ok: false, reason: 'LENGTH' };
}

/** A code with the zeros that a spreadsheet took from it, where that is proven; otherwise as it came. */
function restored(code: RegistryCode, text: string): string {
  switch (code) {
    case 'ward':
      return padded(text, WARD_DIGITS);
    case 'province':
      return padded(text, PROVINCE_DIGITS);
    case 'personal-id':
      return text;
    case 'enterprise':
    case 'tax':
      return restoreCode(code, text);
  }
}

/** Codes of units have one length: with fewer digits, only zeros in front can be what is lacking. */
function padded(text: string, digits: number): string {
  if (text.length === digits) return text;
  const trimmed = text.trim();
  return trimmed.length < digits && DIGITS.test(trimmed) ? trimmed.padStart(digits, '0') : text;
}

/** `YYYY-MM-DD` with a day that every month has: most dates are, and need no further look. */
function isPlainDate(text: string): boolean {
  if (text.length !== 10 || text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return false;
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  return twoDigits(text, 0) > 0 && twoDigits(text, 2) >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
}

/** Two digits as a number; NaN where they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
