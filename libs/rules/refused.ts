const REFUSALS = {
  'dry-run-not-found': 'There is no such dry run, or not any more: make one, and activate its rules by its id.',
  'dry-run-not-completed': 'The dry run has not been completed.',
  'dry-run-running': 'Another dry run is at it: wait until it has ended.',
  'rules-active-already': 'These rules are active already.',
  'rules-version-taken':
    'There are other rules of this version in the log, and verdicts refer to them: give these another version.',
  'rules-changed-meanwhile': 'Other rules were activated since the dry run: make another one.',
} as const;
export type RulesRefusal = keyof typeof REFUSALS;

/** What is asked for can't be done as things stand: the code says why. */
export class RulesRefusedError extends Error {
  override readonly name = 'RulesRefusedError';
  readonly code: RulesRefusal;

  constructor(code: RulesRefusal) {
    super(REFUSALS[code]);
    this.code = code;
  }
}
