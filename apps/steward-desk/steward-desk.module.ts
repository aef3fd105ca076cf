import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ClaimMismatchHandler } from './claim-mismatch/claim-mismatch.handler.ts';
import { DashboardController } from './dashboard/dashboard.controller.ts';
import { GetDashboardHandler } from './dashboard/get-dashboard.handler.ts';
import { DeadLettersController } from './dead-letters/dead-letters.controller.ts';
import { ListDeadLettersHandler } from './dead-letters/list-dead-letters.handler.ts';
import { RetryDeadLetterHandler } from './dead-letters/retry-dead-letter.handler.ts';
import { SetAsideDeadLetterHandler } from './dead-letters/set-aside-dead-letter.handler.ts';
import { DESK, type StewardDeskDeps } from './desk-deps.ts';
import { CountQueueHandler } from './facets/count-queue.handler.ts';
import { HandOverMismatchHandler } from './hand-over-mismatch/hand-over-mismatch.handler.ts';
import { FindReadinessHandler } from './health/find-readiness.handler.ts';
import { HealthController } from './health/health.controller.ts';
import { GetImportHandler } from './imports/get-import.handler.ts';
import { ImportsController } from './imports/imports.controller.ts';
import { ListImportsHandler } from './imports/list-imports.handler.ts';
import { StartImportHandler } from './imports/start-import.handler.ts';
import { GetQuarantinedHandler } from './quarantine/get-quarantined.handler.ts';
import { ListQuarantineHandler } from './quarantine/list-quarantine.handler.ts';
import { QuarantineController } from './quarantine/quarantine.controller.ts';
import { ResubmitQuarantinedHandler } from './quarantine/resubmit-quarantined.handler.ts';
import { QueueController } from './queue/queue.controller.ts';
import { SearchQueueHandler } from './queue/search-queue.handler.ts';
import { GetReconciliationHandler } from './reconciliation/get-reconciliation.handler.ts';
import { ReconciliationController } from './reconciliation/reconciliation.controller.ts';
import { FindRecordHandler } from './record/find-record.handler.ts';
import { GetRecordHandler } from './record/get-record.handler.ts';
import { RecordController } from './record/record.controller.ts';
import { ReleaseMismatchHandler } from './release-mismatch/release-mismatch.handler.ts';
import { ReopenMismatchHandler } from './reopen-mismatch/reopen-mismatch.handler.ts';
import { RequestCorrectionHandler } from './request-correction/request-correction.handler.ts';
import { SettleMismatchHandler } from './settle-mismatch/settle-mismatch.handler.ts';
import { ActivateRulesHandler } from './rules/activate-rules.handler.ts';
import { DeskRules } from './rules/desk-rules.ts';
import { GetRulesDryRunHandler } from './rules/get-rules-dry-run.handler.ts';
import { ListRulesHandler } from './rules/list-rules.handler.ts';
import { RulesController } from './rules/rules.controller.ts';
import { StartRulesDryRunHandler } from './rules/start-rules-dry-run.handler.ts';
import { GetStatsHandler } from './stats/get-stats.handler.ts';
import { StatsController } from './stats/stats.controller.ts';
import { BrowseLogHandler } from './streams/browse-log.handler.ts';
import { ReadStreamHandler } from './streams/read-stream.handler.ts';
import { StreamsController } from './streams/streams.controller.ts';
import { DeskViews } from './views/desk-views.ts';
import { WithdrawCorrectionHandler } from './withdraw-correction/withdraw-correction.handler.ts';
import { CarryOut } from './work/carry-out.ts';
import { WorkController } from './work/work.controller.ts';

const CONTROLLERS = [
  QueueController,
  DashboardController,
  ReconciliationController,
  WorkController,
  RecordController,
  ImportsController,
  QuarantineController,
  DeadLettersController,
  StreamsController,
  StatsController,
  HealthController,
  RulesController,
];

const QUERY_HANDLERS = [
  SearchQueueHandler,
  CountQueueHandler,
  GetDashboardHandler,
  GetReconciliationHandler,
  FindRecordHandler,
  GetRecordHandler,
  GetImportHandler,
  ListImportsHandler,
  ListQuarantineHandler,
  GetQuarantinedHandler,
  ListDeadLettersHandler,
  BrowseLogHandler,
  ReadStreamHandler,
  GetStatsHandler,
  FindReadinessHandler,
  ListRulesHandler,
  GetRulesDryRunHandler,
];

const COMMAND_HANDLERS = [
  ClaimMismatchHandler,
  ReleaseMismatchHandler,
  HandOverMismatchHandler,
  RequestCorrectionHandler,
  WithdrawCorrectionHandler,
  SettleMismatchHandler,
  ReopenMismatchHandler,
  StartImportHandler,
  ResubmitQuarantinedHandler,
  RetryDeadLetterHandler,
  SetAsideDeadLetterHandler,
  StartRulesDryRunHandler,
  ActivateRulesHandler,
];

/** The HTTP API for stewards and engineers. */
@Module({})
export class StewardDeskModule {
  /** The desk with everything that it needs from outside. */
  static register(deps: StewardDeskDeps): DynamicModule {
    return {
      module: StewardDeskModule,
      imports: [CqrsModule.forRoot()],
      controllers: CONTROLLERS,
      providers: [
        { provide: DESK, useValue: deps },
        DeskViews,
        DeskRules,
        CarryOut,
        ...QUERY_HANDLERS,
        ...COMMAND_HANDLERS,
      ],
    };
  }
}
