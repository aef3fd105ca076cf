import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { RECORD_TYPES, REGISTRY_NAMES } from '#contracts/records';
import type { RecordType, Registry } from '#contracts/records';

export const HASH = /^[0-9a-f]{32}$/;

/** A record by its address. */
export class RecordParams {
  @ApiProperty({ enum: REGISTRY_NAMES })
  @IsIn(REGISTRY_NAMES)
  registry!: Registry;

  @ApiProperty({ enum: RECORD_TYPES })
  @IsIn(RECORD_TYPES)
  record!: RecordType;

  @ApiProperty({ pattern: HASH.source })
  @Matches(HASH, { message: 'must be 32 hex digits' })
  hash!: string;
}

/** A record by its key, which is personal and so never stands in an address. */
export class FindRecordDto {
  @ApiProperty({ enum: REGISTRY_NAMES })
  @IsIn(REGISTRY_NAMES)
  registry!: Registry;

  @ApiProperty({ enum: RECORD_TYPES })
  @IsIn(RECORD_TYPES)
  record!: RecordType;

  @ApiProperty({ description: 'As its registry writes it; of civil status `wardCode/book/number/registeredOn`' })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  key!: string;
}
