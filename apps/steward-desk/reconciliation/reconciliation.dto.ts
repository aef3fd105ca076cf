import { ApiProperty } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { CHECKS, type Check } from '#contracts/verdicts';
import { HASH } from '../record/record.dto.ts';

/** A reconciliation by its address. */
export class ReconciliationParams {
  @ApiProperty({ enum: CHECKS })
  @IsIn(CHECKS)
  check!: Check;

  @ApiProperty({ pattern: HASH.source })
  @Matches(HASH, { message: 'must be 32 hex digits' })
  hash!: string;
}
