import { LinkerIndex } from '#apps/linker';
import type { DataDirectory } from '../data-directory.ts';

/** How much of what was there when rules were activated has been judged by them, from 0 to 1. */
export interface Rejudging {
  readonly share: number;
}

/** Whether records are still to be judged again by the rules in force; null when all have been. As of the linker's last commit. */
export function readRejudging({ linkerFile }: DataDirectory): Rejudging | null {
  const index = LinkerIndex.openForReading(linkerFile);
  try {
    const job = index?.due.rejudging();
    // Records are gone through in the order of their first events, and a record's place is that event's position.
    return job === undefined ? null : { share: Math.min(1, job.after / Math.max(1, job.asOf)) };
  } finally {
    index?.close();
  }
}
