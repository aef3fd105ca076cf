import { problem, type ProblemError } from '../http/problem.ts';
import { invalid } from '../http/validation.ts';
import { QueueQueryError, type QueueFilter, type QueuePage, type QueueQuery } from '#libs/projections';
import type { DeskSettings } from '../desk-settings.ts';
import type { DeskViews } from '../views/desk-views.ts';
import type { QueuePagingDto, QueueSearchFilterDto } from './queue-filter.dto.ts';

/** In requests, the ward of items without one. */
const UNKNOWN_WARD = 'unknown';

/** Ward codes as a query takes them. */
export const wardsOf = (wards: readonly string[]): readonly (string | null)[] =>
  wards.map((ward) => (ward === UNKNOWN_WARD ? null : ward));

/** A filter as requests carry it. */
export type RequestedFilter = Pick<QueueSearchFilterDto, keyof QueueSearchFilterDto>;
/** The rest of what a page is asked for by. */
export type RequestedPage = Pick<QueuePagingDto, keyof QueuePagingDto>;

/** The filter of a request; what was not given is left out. */
export function filterOf(dto: RequestedFilter): QueueFilter {
  const { checks, codes, registries, wards, ages, from, to, holders, text } = dto;
  return {
    ...(checks !== undefined && { checks }),
    ...(codes !== undefined && { codes }),
    ...(registries !== undefined && { registries }),
    ...(wards !== undefined && { wards: wardsOf(wards) }),
    ...(ages !== undefined && { ages }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(holders !== undefined && { holders }),
    ...(text !== undefined && { text }),
  };
}

/** What a page is asked for by, besides its filter. */
export function pagingOf(
  { tab, sort, cursor, limit }: RequestedPage,
  { pageSize }: Pick<DeskSettings, 'pageSize'>,
): Pick<QueueQuery, 'tab' | 'sort' | 'cursor' | 'limit'> {
  return {
    limit: limit ?? pageSize,
    ...(tab !== undefined && { tab }),
    ...(sort !== undefined && { sort }),
    ...(cursor !== undefined && { cursor }),
  };
}

/** Asks the queue. */
export const askQueue = ({ queue }: DeskViews, query: QueueQuery): QueuePage => asked(() => queue.query(query));

/** What can't be answered is the request's fault. */
export function asked<T>(question: () => T): T {
  try {
    return question();
  } catch (error) {
    if (error instanceof QueueQueryError) throw problemOf(error);
    throw error;
  }
}

function problemOf({ code }: QueueQueryError): ProblemError {
  switch (code) {
    case 'invalid-cursor':
      return problem(400, 'cursor-invalid', 'The cursor is not of this query, or its item is gone: begin again.');
    case 'invalid-day':
      return invalid([{ field: 'filter', problems: ['from and to must be days that there are'] }]);
    default:
      return code satisfies never;
  }
}
