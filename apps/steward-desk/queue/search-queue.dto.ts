import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import { QueueFilterDto, QueuePagingDto, QueueSearchFilterDto } from './queue-filter.dto.ts';

/** A page of the queue by an address. */
export class QueueQueryDto extends IntersectionType(QueueFilterDto, QueuePagingDto) {}

/** A page of the queue by a body: what is searched for is personal. */
export class SearchQueueDto extends QueuePagingDto {
  @ApiPropertyOptional({ type: QueueSearchFilterDto })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => QueueSearchFilterDto)
  filter?: QueueSearchFilterDto;
}
