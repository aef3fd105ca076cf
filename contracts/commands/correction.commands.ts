import Type, { type Static } from 'typebox';
import { body, ClientId, Reason, stewardFields, type Issued } from './work-command.ts';

/** A value as it is proposed to the registry: what its record format takes in that field. */
const ProposedValue = Type.Union([Type.String({ maxLength: 2000 }), Type.Number(), Type.Boolean(), Type.Null()]);

/** Asks the registry that owns the wrong value to correct it. */
export const RequestCorrectionBody = Type.Object(
  {
    ...stewardFields,
    /** Whose record is wrong: the checked one (`left`) or its counterpart. Default: as the field-authority table says. */
    side: Type.Optional(Type.Enum(['left', 'right'])),
    fields: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 50 }),
    note: Type.Optional(Reason),
    proposed: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), ProposedValue, { maxProperties: 50 })),
  },
  body('request-correction'),
);
export interface RequestCorrection
  extends Issued<'request-correction'>, Omit<Readonly<Static<typeof RequestCorrectionBody>>, 'side'> {
  readonly side: 'left' | 'right';
  /** Derived from the command's id, so that a retry asks for the same. */
  readonly requestId: string;
}

/** Takes a correction request back. */
export const WithdrawCorrectionBody = Type.Object(
  { ...stewardFields, requestId: Type.String(), reason: Reason },
  body('withdraw-correction'),
);
export interface WithdrawCorrection
  extends Issued<'withdraw-correction'>, Readonly<Static<typeof WithdrawCorrectionBody>> {}

/** The registry has received the request. An answer of a registry refers to the request, not to a verdict. */
export const AcknowledgeCorrectionBody = Type.Object(
  { commandId: ClientId, requestId: Type.String() },
  body('acknowledge-correction'),
);
export interface AcknowledgeCorrection
  extends Issued<'acknowledge-correction'>, Readonly<Static<typeof AcknowledgeCorrectionBody>> {}

/** The registry holds that its value is right. */
export const RefuseCorrectionBody = Type.Object(
  { commandId: ClientId, requestId: Type.String(), reason: Reason },
  body('refuse-correction'),
);
export interface RefuseCorrection extends Issued<'refuse-correction'>, Readonly<Static<typeof RefuseCorrectionBody>> {}
