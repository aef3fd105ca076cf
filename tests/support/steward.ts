import { join } from 'node:path';
import { handleReconciliationCommand, type CommandAnswer, type CommandRequest } from '#apps/steward-desk/commands';
import { VERDICT_EVENT_TYPES } from '#contracts/events';
import { loadRules } from '#contracts/rules';
import { fieldAuthority } from '#libs/domain/matching';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { newId, systemClock } from '#libs/platform';
import { isCorrectable } from '#libs/registries/corrections';

/** What every command says of itself. */
type Issued = Pick<CommandRequest, 'actor' | 'commandId'> & { readonly verdictId: string };

/** A steward's command on the latest verdict of a reconciliation, by the real handler on the log of a data directory. */
export async function act(
  dataDir: string,
  stream: string,
  requestOf: (issued: Issued) => CommandRequest,
): Promise<CommandAnswer> {
  const store = await SqliteEventStore.open({ directory: join(dataDir, 'log') });
  try {
    const verdict = (await store.readStream(stream)).findLast(({ type }) => VERDICT_EVENT_TYPES.includes(type));
    if (verdict === undefined) throw new Error(`nothing was judged in ${stream}`);
    const deps = {
      store,
      clock: systemClock,
      claimLeaseMinutes: 30,
      fieldAuthority: fieldAuthority.bind(undefined, loadRules()),
      isCorrectable: isCorrectable.bind(undefined, loadRules()),
    };
    return await handleReconciliationCommand(
      deps,
      stream,
      requestOf({ actor: 'cán bộ An', commandId: newId(), verdictId: verdict.id }),
    );
  } finally {
    await store.close();
  }
}
