import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import type { Static } from 'typebox';
import type { HandOverMismatchBody } from '#contracts/commands';
import { StewardCommandDto } from '../work/steward-command.dto.ts';

export class HandOverMismatchDto extends StewardCommandDto implements Static<typeof HandOverMismatchBody> {
  @ApiProperty({ minLength: 1, maxLength: 100, description: 'The colleague, as Khop-Actor names them' })
  @IsString()
  @Length(1, 100)
  @Matches(/^(?!\s)[^\p{C}]+(?<!\s)$/u, { message: 'must be a name without control characters or spaces around it' })
  to!: string;
}
