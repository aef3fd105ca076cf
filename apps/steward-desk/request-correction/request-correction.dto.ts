import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateBy,
} from 'class-validator';
import type { Static } from 'typebox';
import type { RequestCorrectionBody } from '#contracts/commands';
import { IsReason, StewardCommandDto } from '../work/steward-command.dto.ts';

type Body = Static<typeof RequestCorrectionBody>;

const SIDES = ['left', 'right'] as const;
const MAX_FIELDS = 50;
const MAX_NAME_LENGTH = 100;
/** Fields stand in the public part of the log: nobody's name or number may pass for one. */
const FIELD = /^[A-Za-z]{1,40}(\.([A-Za-z]{1,40}|[0-9]{1,4}))*$/;
const MAX_TEXT_LENGTH = 2_000;

/** A value as a record format takes it in one field. */
function isProposedValue(value: unknown): boolean {
  return (
    value === null ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value)) ||
    (typeof value === 'string' && value.length <= MAX_TEXT_LENGTH)
  );
}

function isProposal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= MAX_FIELDS &&
    entries.every(([field, proposed]) => field.length <= MAX_NAME_LENGTH && isProposedValue(proposed))
  );
}

export class RequestCorrectionDto extends StewardCommandDto implements Body {
  @ApiPropertyOptional({
    enum: SIDES,
    description:
      'Whose record is wrong, the checked one or its counterpart; by default as the field-authority table says',
  })
  @IsOptional()
  @IsIn(SIDES)
  side?: (typeof SIDES)[number];

  @ApiProperty({ type: [String], minItems: 1, maxItems: MAX_FIELDS })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_FIELDS)
  @IsString({ each: true })
  @Length(1, MAX_NAME_LENGTH, { each: true })
  @Matches(FIELD, { each: true, message: 'must be names of fields, such as mother.fullName' })
  fields!: string[];

  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_TEXT_LENGTH })
  @IsOptional()
  @IsReason()
  note?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
    description: 'The value that each field should have',
  })
  @IsOptional()
  @ValidateBy({
    name: 'isProposal',
    validator: {
      validate: isProposal,
      defaultMessage: () =>
        `must give at most ${MAX_FIELDS} fields a text of at most ${MAX_TEXT_LENGTH} characters, a number, true, false or null`,
    },
  })
  proposed?: NonNullable<Body['proposed']>;
}
