/** Every bound of the desk. Whoever wires it may take them from the environment. */
export interface DeskSettings {
  /** How long a claim holds until it has to be renewed. */
  readonly claimLeaseMinutes: number;
  /** Working days in which a mismatch is to be fixed. */
  readonly workingDaysToFix: number;
  /** How long the answer to a command waits for the views to have what it wrote. */
  readonly readYourWritesMilliseconds: number;
  /** Largest body of a request, other than an uploaded file. */
  readonly maxBodyBytes: number;
  /** How deep objects and lists of a body may be nested. */
  readonly maxBodyDepth: number;
  /** Largest uploaded file. */
  readonly maxUploadBytes: number;
  /** Rows, events or items in one answer: what is given without asking, and at most. */
  readonly pageSize: number;
  readonly maxPageSize: number;
  /** Versions of a record and events of a reconciliation that are shown: the latest. */
  readonly maxTimelineEvents: number;
  /** Reconciliations of others that a record's page shows: those that found it as a counterpart, and its pairs. */
  readonly maxOthersReconciliations: number;
  /** Requests that one address may send in a second on average, and at once. */
  readonly requestsPerSecond: number;
  readonly requestBurst: number;
  /** Addresses whose rate is remembered. */
  readonly maxRateAddresses: number;
  /** How far behind the log the views may be for the desk to count as ready. */
  readonly readyLagSeconds: number;
  /** How long a request may take to arrive as a whole; an upload has its own. */
  readonly requestTimeoutSeconds: number;
  /** How long a desk that is to stop waits for requests that it is answering. */
  readonly closeGraceMilliseconds: number;
}

export const DEFAULT_DESK_SETTINGS: DeskSettings = {
  claimLeaseMinutes: 30,
  workingDaysToFix: 10,
  readYourWritesMilliseconds: 2_000,
  maxBodyBytes: 256 * 1_024,
  maxBodyDepth: 16,
  maxUploadBytes: 4 * 1_024 ** 3,
  pageSize: 50,
  maxPageSize: 500,
  maxTimelineEvents: 500,
  maxOthersReconciliations: 100,
  requestsPerSecond: 200,
  requestBurst: 400,
  maxRateAddresses: 10_000,
  readyLagSeconds: 60,
  requestTimeoutSeconds: 3_600,
  closeGraceMilliseconds: 5_000,
};
