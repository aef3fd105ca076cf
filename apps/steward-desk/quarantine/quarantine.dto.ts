import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, Matches } from 'class-validator';
import { RECORD_TYPES, REGISTRY_NAMES } from '#contracts/records';
import type { RecordType, Registry } from '#contracts/records';
import { IsFlag } from '../http/flag.ts';
import { AfterPositionDto } from '../http/paging.dto.ts';
import { HASH } from '../record/record.dto.ts';

export class QuarantineQueryDto extends AfterPositionDto {
  @ApiPropertyOptional({ enum: REGISTRY_NAMES })
  @IsOptional()
  @IsIn(REGISTRY_NAMES)
  registry?: Registry;

  @ApiPropertyOptional({ enum: RECORD_TYPES })
  @IsOptional()
  @IsIn(RECORD_TYPES)
  record?: RecordType;

  @IsFlag('Rows that were fixed and taken in, too')
  includeResolved?: boolean;
}

export class QuarantineParams {
  @ApiProperty({ pattern: HASH.source })
  @Matches(HASH, { message: 'must be 32 hex digits' })
  quarantineId!: string;
}

export class ResubmitDto {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'The fixed row; without one the row is tried again as it stands',
  })
  @IsOptional()
  @IsObject()
  row?: Record<string, unknown>;
}
