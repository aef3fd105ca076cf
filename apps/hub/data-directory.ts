import { join } from 'node:path';

/** What stands where in a data directory. Only `log` is the truth; everything else is folded from it or is a registry's own. */
export interface DataDirectory {
  readonly path: string;
  /** The log with its anchor, secret and role locks. */
  readonly log: string;
  /** The linker's index. May be deleted. */
  readonly linkerFile: string;
  /** The views. May be deleted. */
  readonly views: string;
  /** The mock sources' own storage: not the hub's data. */
  readonly sources: string;
  /** Rejected rows to fix and resubmit, one file for each intake. */
  readonly rejected: string;
  /** Files on their way in through the API. */
  readonly spool: string;
  /** Where the running hub can be reached. */
  readonly addressFile: string;
}

export function dataDirectory(path: string): DataDirectory {
  return {
    path,
    log: join(path, 'log'),
    linkerFile: join(path, 'linker.sqlite'),
    views: join(path, 'views'),
    sources: join(path, 'sources'),
    rejected: join(path, 'rejected'),
    spool: join(path, 'spool'),
    addressFile: join(path, 'hub.json'),
  };
}
