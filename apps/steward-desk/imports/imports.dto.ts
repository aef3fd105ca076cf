import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { RECORD_TYPES, REGISTRY_NAMES } from '#contracts/records';
import type { RecordType, Registry } from '#contracts/records';
import { IsFlag } from '../http/flag.ts';

/** How a file is to be read. */
export class StartImportDto {
  @ApiPropertyOptional({ enum: REGISTRY_NAMES, description: "Where the file's name does not tell it" })
  @IsOptional()
  @IsIn(REGISTRY_NAMES)
  registry?: Registry;

  @ApiPropertyOptional({ enum: RECORD_TYPES, description: "Where the file's name does not tell it" })
  @IsOptional()
  @IsIn(RECORD_TYPES)
  record?: RecordType;

  @IsFlag('The file is all that the source has: what is not in it has vanished')
  snapshot?: boolean;

  @IsFlag('Append nothing, and report what would be done')
  dryRun?: boolean;

  @ApiPropertyOptional({ description: 'Name of an encoding that can not be recognised for certain' })
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,40}$/, { message: 'must be the name of an encoding' })
  encoding?: string;
}

export class ImportParams {
  @ApiProperty()
  @Matches(/^[A-Za-z0-9-]{1,64}$/, { message: 'must be the id of an import' })
  importId!: string;
}
