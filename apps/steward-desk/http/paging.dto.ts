import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** No page is larger, whatever the settings say. */
const MAX_LIMIT = 1_000;

/** A whole number in an address. */
export const IsWhole = (least: number, most: number, description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: least, maximum: most, description }),
    IsOptional(),
    Type(() => Number),
    IsInt(),
    Min(least),
    Max(most),
  );

/** How many are asked for. */
export class LimitDto {
  @IsWhole(1, MAX_LIMIT, 'At most this many; the hub may give fewer')
  limit?: number;
}

/** A page that goes on after a position of the log. */
export class AfterPositionDto extends LimitDto {
  @IsWhole(0, Number.MAX_SAFE_INTEGER, '`next` of the page before')
  after?: number;
}

/** The size of a page, within the hub's bounds. */
export const limitOf = (
  { limit }: LimitDto,
  { pageSize, maxPageSize }: { readonly pageSize: number; readonly maxPageSize: number },
): number => Math.min(limit ?? pageSize, maxPageSize);
