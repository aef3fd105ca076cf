import { PickType } from '@nestjs/swagger';
import { SearchQueueDto } from '../queue/search-queue.dto.ts';

/** What is counted: a filter and a tab. */
export class CountQueueDto extends PickType(SearchQueueDto, ['filter', 'tab']) {}
