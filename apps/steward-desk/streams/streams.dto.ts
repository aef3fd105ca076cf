import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import { AfterPositionDto, IsWhole, LimitDto } from '../http/paging.dto.ts';

const MAX_NAME_LENGTH = 200;
const NAME = /^[A-Za-z0-9._-]+$/;
const IS_NAME = { message: 'must be made of letters, digits and . _ -' };

/** A page of the log. */
export class LogQueryDto extends AfterPositionDto {
  @ApiPropertyOptional({ description: 'How the names of the streams begin' })
  @IsOptional()
  @MaxLength(MAX_NAME_LENGTH)
  @Matches(NAME, IS_NAME)
  prefix?: string;

  @ApiPropertyOptional({ description: 'Type of the events' })
  @IsOptional()
  @MaxLength(MAX_NAME_LENGTH)
  @Matches(NAME, IS_NAME)
  type?: string;
}

export class StreamParams {
  @ApiProperty()
  @MaxLength(MAX_NAME_LENGTH)
  @Matches(NAME, IS_NAME)
  stream!: string;
}

const DIRECTIONS = ['forwards', 'backwards'] as const;

/** A page of one stream. */
export class StreamQueryDto extends LimitDto {
  @IsWhole(0, Number.MAX_SAFE_INTEGER, 'First version; by default the first, or backwards the last')
  from?: number;

  @ApiPropertyOptional({ enum: DIRECTIONS, default: 'forwards' })
  @IsOptional()
  @IsIn(DIRECTIONS)
  direction?: (typeof DIRECTIONS)[number];
}
