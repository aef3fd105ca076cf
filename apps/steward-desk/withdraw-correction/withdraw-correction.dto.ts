import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import type { Static } from 'typebox';
import type { WithdrawCorrectionBody } from '#contracts/commands';
import { IsReason, StewardCommandDto } from '../work/steward-command.dto.ts';

export class WithdrawCorrectionDto extends StewardCommandDto implements Static<typeof WithdrawCorrectionBody> {
  @ApiProperty({ minLength: 1, maxLength: 64 })
  @IsString()
  @Length(1, 64)
  requestId!: string;

  @ApiProperty({ minLength: 1, maxLength: 2000 })
  @IsReason()
  reason!: string;
}
