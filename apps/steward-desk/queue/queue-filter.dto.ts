import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
} from 'class-validator';
import { REGISTRY_NAMES } from '#contracts/records';
import type { Registry } from '#contracts/records';
import { CHECKS, CODES, type Check, type Code } from '#contracts/verdicts';
import { TABS, type Tab } from '#libs/domain/reconciliation';
import { AGE_BUCKETS, MAX_PAGE_ITEMS, SORTS, type AgeBucket, type QueueSort } from '#libs/projections';
import { IsDay } from '../http/day.ts';

const MAX_VALUES = 100;
const MAX_TEXT_LENGTH = 200;
const AGES: readonly AgeBucket[] = AGE_BUCKETS.map(({ name }) => name);

/** In an address one value may stand alone. */
const asList = Transform(({ value }: { value: unknown }): unknown =>
  value === undefined || Array.isArray(value) ? value : [value],
);

const isHolder = (value: unknown): boolean =>
  value === null || (typeof value === 'string' && value.length > 0 && value.length <= 100);

/** The parts of a filter that say nothing of a person, so that they may stand in an address. */
export class QueueFilterDto {
  @ApiPropertyOptional({ enum: CHECKS, isArray: true })
  @IsOptional()
  @asList
  @IsArray()
  @ArrayMaxSize(MAX_VALUES)
  @IsIn(CHECKS, { each: true })
  checks?: Check[];

  @ApiPropertyOptional({ enum: CODES, isArray: true })
  @IsOptional()
  @asList
  @IsArray()
  @ArrayMaxSize(MAX_VALUES)
  @IsIn(CODES, { each: true })
  codes?: Code[];

  @ApiPropertyOptional({ enum: REGISTRY_NAMES, isArray: true })
  @IsOptional()
  @asList
  @IsArray()
  @ArrayMaxSize(MAX_VALUES)
  @IsIn(REGISTRY_NAMES, { each: true })
  registries?: Registry[];

  @ApiPropertyOptional({ type: [String], description: 'New ward codes; `unknown` for items without one' })
  @IsOptional()
  @asList
  @IsArray()
  @ArrayMaxSize(MAX_VALUES)
  @Matches(/^([0-9]{1,10}|unknown)$/, { each: true, message: 'each value must be a ward code or `unknown`' })
  wards?: string[];

  @ApiPropertyOptional({ enum: AGES, isArray: true, description: 'Days since an item came into the queue' })
  @IsOptional()
  @asList
  @IsArray()
  @ArrayMaxSize(MAX_VALUES)
  @IsIn(AGES, { each: true })
  ages?: AgeBucket[];

  @IsDay('First day of coming into the queue')
  from?: string;

  @IsDay('Last day')
  to?: string;
}

/** A filter with the parts that name or describe someone. */
export class QueueSearchFilterDto extends QueueFilterDto {
  @ApiPropertyOptional({
    type: 'array',
    items: { type: ['string', 'null'] },
    description: 'Who holds the item; null for nobody',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_VALUES)
  @ValidateBy(
    {
      name: 'isHolder',
      validator: {
        validate: isHolder,
        defaultMessage: () => 'each value must be a name of at most 100 characters, or null',
      },
    },
    { each: true },
  )
  holders?: (string | null)[];

  @ApiPropertyOptional({ description: 'Words of a name or key, each from its beginning, without regard to diacritics' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TEXT_LENGTH)
  text?: string;
}

/** How a page of the queue is asked for. */
export class QueuePagingDto {
  @ApiPropertyOptional({ enum: TABS, description: 'Without one: everything that is not done' })
  @IsOptional()
  @IsIn(TABS)
  tab?: Tab;

  @ApiPropertyOptional({ enum: SORTS, default: 'newest' })
  @IsOptional()
  @IsIn(SORTS)
  sort?: QueueSort;

  @ApiPropertyOptional({ description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_TEXT_LENGTH)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_PAGE_ITEMS })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_ITEMS)
  limit?: number;
}
