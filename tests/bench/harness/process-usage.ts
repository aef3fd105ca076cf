import { readdirSync, readFileSync } from 'node:fs';

/** What the whole process has used so far. */
export interface ProcessUsage {
  /** Highest resident memory of the process, all threads together. */
  readonly peakMegabytes: number;
  /** Processor time by thread, largest first; what belongs to V8 and libuv is put together. */
  readonly threads: readonly ThreadUsage[];
}

export interface ThreadUsage {
  readonly name: string;
  readonly seconds: number;
}

const TICKS_PER_SECOND = 100;

/** Reads what Linux tells of this process; on another system nothing is known. */
export function processUsage(): ProcessUsage {
  try {
    const peak = /VmHWM:\s+([0-9]+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return { peakMegabytes: Math.round(Number(peak) / 1024), threads: threadUsage() };
  } catch {
    return { peakMegabytes: Number.NaN, threads: [] };
  }
}

function threadUsage(): readonly ThreadUsage[] {
  const usage = new Map<string, number>();
  for (const id of readdirSync('/proc/self/task')) {
    const stat = readFileSync(`/proc/self/task/${id}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const seconds = (Number(user) + Number(system)) / TICKS_PER_SECOND;
    const shown = Number(id) === process.pid ? 'main' : name;
    usage.set(shown, (usage.get(shown) ?? 0) + seconds);
  }
  return [...usage]
    .map(([name, seconds]) => ({ name, seconds }))
    .filter(({ seconds }) => seconds >= 0.05)
    .sort((one, other) => other.seconds - one.seconds);
}
