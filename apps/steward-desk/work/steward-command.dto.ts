import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches, MaxLength } from 'class-validator';

/** What every command of a steward carries. */
export class StewardCommandDto {
  @ApiProperty({
    minLength: 8,
    maxLength: 64,
    description: 'Made up by the client, a UUID say; the same id again gets the answer of the first time',
  })
  @IsString()
  @Length(8, 64)
  @Matches(/^[A-Za-z0-9._:-]+$/, { message: 'must be made of letters, digits and . _ : -' })
  commandId!: string;

  @ApiProperty({ minLength: 1, maxLength: 64, description: 'The verdict that the steward saw' })
  @IsString()
  @Length(1, 64)
  verdictId!: string;
}

const MAX_REASON_LENGTH = 2_000;

/** Words that say something. */
export const IsReason = (): PropertyDecorator =>
  applyDecorators(IsString(), MaxLength(MAX_REASON_LENGTH), Matches(/\S/, { message: 'must not be empty' }));
