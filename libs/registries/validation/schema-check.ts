import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import type { QuarantineReason } from '#contracts/events';
import type { RecordDefinition } from '../definitions/index.ts';
import type { ReasonCode } from './reasons.ts';
import { reason } from './reasons.ts';
import { shapeOf } from './shape.ts';

export interface SchemaCheck {
  /** Why a content is not a record by its schema; undefined when it is one. */
  check(content: object): QuarantineReason[] | undefined;
  /** The same for a withdrawn record: its key is enough. */
  checkWithdrawn(content: object): QuarantineReason[] | undefined;
}

/** Compiles a definition's schema. */
export function compileSchema({ schema, keyFields }: RecordDefinition): SchemaCheck {
  // Plain JSON Schema, without the marks that typebox leaves on it and strict ajv does not know.
  const plain = JSON.parse(JSON.stringify(schema)) as Record<string, unknown>;
  const quick = compileQuick(plain);
  const full = new Ajv({ strict: true, allErrors: true }).compile({ ...plain });
  const withdrawn = new Ajv({ strict: true, allErrors: true }).compile({ ...plain, required: [...keyFields] });
  return {
    check: (content) => (quick(content) || full(content) ? undefined : reasonsOf(full)),
    checkWithdrawn: (content) => (withdrawn(content) ? undefined : reasonsOf(withdrawn)),
  };
}

/**
 * Nearly every content is a record, and this tells so at a third of the cost: it stops at the first fault, gathers no errors
 * of code lists' branches, and takes the length of a text in UTF-16 units. Those are never fewer than its characters, and the least
 * length that a schema asks for is 1: what it lets pass the full check lets pass too.
 */
function compileQuick(schema: Record<string, unknown>): ValidateFunction {
  const text = JSON.stringify(schema, (_, part: unknown) => enumOf(part) ?? part);
  return new Ajv({ strict: true, unicode: false, logger: false }).compile(JSON.parse(text) as Record<string, unknown>);
}

/** A choice of constant texts, written as one list. */
function enumOf(part: unknown): { readonly enum: readonly string[] } | undefined {
  if (typeof part !== 'object' || part === null || !('anyOf' in part) || !Array.isArray(part.anyOf)) return undefined;
  const values = (part.anyOf as readonly unknown[]).map((branch) =>
    typeof branch === 'object' && branch !== null && 'const' in branch ? branch.const : undefined,
  );
  return values.every((value) => typeof value === 'string') ? { enum: values } : undefined;
}

const CODES: { readonly [keyword: string]: ReasonCode } = {
  required: 'required',
  minItems: 'required',
  minLength: 'required',
  maxLength: 'too-long',
  maxItems: 'too-many',
  enum: 'unknown-spelling',
  const: 'unknown-spelling',
  anyOf: 'unknown-spelling',
};

function reasonsOf(validate: ValidateFunction): QuarantineReason[] {
  const found = new Map<string, QuarantineReason>();
  for (const error of validate.errors ?? []) {
    const field = fieldOf(error);
    const code = CODES[error.keyword] ?? 'wrong-type';
    const shape = code === 'too-long' || code === 'too-many' ? sizeBound(error) : undefined;
    found.set(`${field} ${code}`, reason(field, code, shape));
  }
  return [...found.values()];
}

function fieldOf(error: ErrorObject): string {
  const path = error.instancePath.split('/').slice(1);
  const missing: unknown = error.keyword === 'required' ? error.params['missingProperty'] : undefined;
  return [...path, ...(typeof missing === 'string' ? [missing] : [])].join('.');
}

function sizeBound(error: ErrorObject): string {
  const limit: unknown = error.params['limit'];
  return `more than ${typeof limit === 'number' ? limit : shapeOf(limit)}`;
}
