import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { Static } from 'typebox';
import type { SettleMismatchBody } from '#contracts/commands';
import { IsReason, StewardCommandDto } from '../work/steward-command.dto.ts';

const DECISIONS = ['accepted-difference', 'false-alarm'] as const;

export class SettleMismatchDto extends StewardCommandDto implements Static<typeof SettleMismatchBody> {
  @ApiProperty({ enum: DECISIONS })
  @IsIn(DECISIONS)
  decision!: (typeof DECISIONS)[number];

  @ApiProperty({ minLength: 1, maxLength: 2000 })
  @IsReason()
  reason!: string;
}
