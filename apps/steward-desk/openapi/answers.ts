import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiResponse } from '@nestjs/swagger';
import * as http from '#contracts/http';

/** The shapes of answers, by the names that they have in the API's description. */
export const ANSWER_SCHEMAS = {
  DashboardResult: http.DashboardResult,
  DeadLetterItem: http.DeadLetterItem,
  DeadLetterList: http.DeadLetterList,
  DeadLetterOutcome: http.DeadLetterOutcome,
  HubStats: http.HubStats,
  ImportItem: http.ImportItem,
  ImportList: http.ImportList,
  ImportStarted: http.ImportStarted,
  Live: http.Live,
  LogPage: http.LogPage,
  Problem: http.Problem,
  QuarantinedRow: http.QuarantinedRow,
  QuarantineList: http.QuarantineList,
  QueueCounts: http.QueueCounts,
  QueueResult: http.QueueResult,
  Readiness: http.Readiness,
  ReconciliationPage: http.ReconciliationPage,
  RecordPage: http.RecordPage,
  RecordReference: http.RecordReference,
  Resubmitted: http.Resubmitted,
  RulesActivated: http.RulesActivated,
  RulesDryRunStarted: http.RulesDryRunStarted,
  RulesDryRunStatus: http.RulesDryRunStatus,
  RulesList: http.RulesList,
  StreamPage: http.StreamPage,
  WorkDone: http.WorkDone,
} as const;
export type AnswerName = keyof typeof ANSWER_SCHEMAS;

const refTo = (name: AnswerName) => ({ $ref: `#/components/schemas/${name}` });

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request is wrong: `errors` names every field',
  404: 'Not there',
  409: 'Refused: the code says why, and what more there is to know',
  413: 'Larger than the hub takes',
  415: 'A media type that the hub does not take',
  422: 'Understood, and can not be taken in',
  429: 'Too many requests from this address',
  500: 'A fault of the hub',
  503: 'Not just now: to be tried again',
};

/** Describes what a route answers with: its result, and the problems beside those that every route may end in. */
export function Answers(
  name: AnswerName,
  { status = 200, problems = [] }: { readonly status?: number; readonly problems?: readonly number[] } = {},
): MethodDecorator {
  const all = [...new Set([...problems, 429, 500, 503])].sort();
  return applyDecorators(
    ApiResponse({ status, description: 'Done', schema: refTo(name) }),
    ...all.map((code) =>
      ApiResponse({
        status: code,
        description: PROBLEMS[code] ?? 'A problem',
        content: { 'application/problem+json': { schema: refTo('Problem') } },
      }),
    ),
  );
}

/** Describes the header that says who acts. */
export const ApiActor = ({ required }: { readonly required: boolean }): MethodDecorator & ClassDecorator =>
  ApiHeader({
    name: 'Khop-Actor',
    required,
    description: 'Who acts, URI-encoded: 1 to 100 characters',
    schema: { type: 'string' },
  });

/** Describes a body of bytes. */
export const ApiFileBody = (): MethodDecorator =>
  ApiBody({
    description: 'The file as it is: JSONL, CSV or XLSX',
    required: true,
    schema: { type: 'string', format: 'binary' },
  });
