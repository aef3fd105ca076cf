import { dayText, type Day } from '../shared/index.ts';
import type { DashboardDay, Forecast } from './dashboard.query.ts';

/** What is to come, if each day goes on like the average of these. Pure. */
export function forecastFrom(
  open: number,
  days: readonly DashboardDay[],
  today: Day,
  target: Day | undefined,
): Forecast {
  const left = days.reduce((sum, { cleared, settled, ended }) => sum + cleared + settled + ended, 0);
  const came = days.reduce((sum, { flagged, reopened }) => sum + flagged + reopened, 0);
  const perDay = days.length === 0 ? 0 : (left - came) / days.length;
  const emptyDay = open === 0 ? today : perDay > 0 ? today + Math.ceil(open / perDay) : undefined;
  return {
    open,
    perDay,
    emptyOn: emptyDay === undefined || emptyDay > LAST_DAY ? null : dayText(emptyDay),
    inTime: target === undefined ? null : emptyDay !== undefined && emptyDay <= target,
    neededPerDay: target === undefined ? null : open / Math.max(1, target - today),
  };
}

/** 31 December 9999: what comes later is as good as never. */
const LAST_DAY: Day = 2_932_896;
