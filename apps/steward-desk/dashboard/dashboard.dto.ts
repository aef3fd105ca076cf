import { PickType } from '@nestjs/swagger';
import { IsDay } from '../http/day.ts';
import { QueueFilterDto } from '../queue/queue-filter.dto.ts';

/** Which part of the province is looked at, and which days. */
export class DashboardQueryDto extends PickType(QueueFilterDto, ['checks', 'registries', 'wards', 'from', 'to']) {
  @IsDay("The plan's day on which nothing is to be open any more")
  targetDay?: string;
}
