import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { IsReason } from '../work/steward-command.dto.ts';

const MAX_ID_LENGTH = 300;

/** A dead letter by its handler and id. */
export class DeadLetterParams {
  @ApiProperty({ description: 'A group of the bus, or `view.` and the name of a view' })
  @IsString()
  @MaxLength(MAX_ID_LENGTH)
  @Matches(/^[A-Za-z0-9._-]+$/, { message: 'must be made of letters, digits and . _ -' })
  handler!: string;

  @ApiProperty()
  @IsString()
  @MaxLength(MAX_ID_LENGTH)
  id!: string;
}

export class SetAsideDto {
  @ApiProperty({ minLength: 1, maxLength: 2000, description: 'Why; it stands in the log, with what is personal' })
  @IsReason()
  reason!: string;
}
