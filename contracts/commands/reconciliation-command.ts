import type {
  AcknowledgeCorrection,
  RefuseCorrection,
  RequestCorrection,
  WithdrawCorrection,
} from './correction.commands.ts';
import type { EndReconciliation, RecordVerdict } from './judgement.commands.ts';
import type {
  ClaimMismatch,
  HandOverMismatch,
  ReleaseMismatch,
  ReopenMismatch,
  SettleMismatch,
} from './mismatch.commands.ts';

/** What stewards do with a mismatch. */
export type StewardCommand =
  | ClaimMismatch
  | ReleaseMismatch
  | HandOverMismatch
  | RequestCorrection
  | WithdrawCorrection
  | SettleMismatch
  | ReopenMismatch;

/** What registries answer to a correction request. */
export type RegistryAnswer = AcknowledgeCorrection | RefuseCorrection;

/** What checks and the linker say. */
export type JudgementCommand = RecordVerdict | EndReconciliation;

/** Commands that carry a client's id and are answered once. */
export type WorkCommand = StewardCommand | RegistryAnswer;

/** Every command to the stream of one reconciliation. */
export type ReconciliationCommand = JudgementCommand | WorkCommand;
