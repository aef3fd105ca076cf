import { jsonSchemaFiles } from '#contracts/shared';
import {
  AcknowledgeCorrectionBody,
  RefuseCorrectionBody,
  RequestCorrectionBody,
  WithdrawCorrectionBody,
} from './correction.commands.ts';
import {
  ClaimMismatchBody,
  HandOverMismatchBody,
  ReleaseMismatchBody,
  ReopenMismatchBody,
  SettleMismatchBody,
} from './mismatch.commands.ts';

/** What clients and registries send, as JSON Schemas by file name. Judgements stay inside the hub. */
export const commandJsonSchemas = (): ReadonlyMap<string, string> =>
  jsonSchemaFiles([
    ClaimMismatchBody,
    ReleaseMismatchBody,
    HandOverMismatchBody,
    RequestCorrectionBody,
    WithdrawCorrectionBody,
    SettleMismatchBody,
    ReopenMismatchBody,
    AcknowledgeCorrectionBody,
    RefuseCorrectionBody,
  ]);
