import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

export const DEFAULT_SAMPLES = 3;
export const MAX_SAMPLES = 100;
const DRY_RUN_ID = /^[A-Za-z0-9-]{1,64}$/;

export class StartRulesDryRunDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: MAX_SAMPLES, default: DEFAULT_SAMPLES })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_SAMPLES)
  samples?: number;
}

export class RulesDryRunParams {
  @ApiProperty()
  @Matches(DRY_RUN_ID, { message: 'must be the id of a dry run' })
  dryRunId!: string;
}

export class ActivateRulesDto {
  @ApiProperty({ description: 'The completed dry run whose rules are to be activated' })
  @Matches(DRY_RUN_ID, { message: 'must be the id of a dry run' })
  dryRunId!: string;
}
