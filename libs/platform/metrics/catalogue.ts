import type { MetricDefinition } from './definition.ts';
import { counter, gauge, histogram } from './definition.ts';

/** Seconds in which an answer over HTTP is given: the floor of the desk's speed lies at 0.3. */
const ANSWER_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10];

/** Every metric of Khớp. The dashboard, the alert rules and the runbook use these names and no others. */
export const METRICS = {
  intakeRecords: counter('khop_intake_records_total', 'Records read from a registry, by what became of them', [
    'registry',
    'outcome',
  ]),
  sourceRecords: gauge('khop_source_records', 'Records that the registry says it has', ['registry']),
  hubRecords: gauge('khop_hub_records', 'Records of the registry that the hub has', ['registry']),
  quarantinedRecords: gauge('khop_quarantined_records', 'Records that could not be taken in and wait for someone', [
    'registry',
  ]),
  verdicts: counter('khop_verdicts_total', 'Verdicts written to the log; code is empty where the outcome needs none', [
    'check',
    'outcome',
    'code',
  ]),
  queueItems: gauge('khop_queue_items', 'Mismatches in the queue', ['state']),
  queueOldestAge: gauge('khop_queue_oldest_age_seconds', 'Age of the oldest open mismatch', []),
  followerLagEvents: gauge('khop_follower_lag_events', 'Events of the log that a follower has not looked at yet', [
    'follower',
  ]),
  followerLagSeconds: gauge('khop_follower_lag_seconds', 'Age of the first event that a follower has not looked at', [
    'follower',
  ]),
  deadLetters: gauge('khop_dead_letters', 'Events that a handler gave up on and that wait for someone', ['handler']),
  relayDelay: gauge('khop_relay_delay_seconds', 'Age of the first public event that Kafka does not have yet', []),
  brokerUp: gauge('khop_broker_up', '1 while Kafka answers this service, else 0', []),
  logUp: gauge('khop_log_up', '1 while the log can be written by this service, else 0', []),
  roleActive: gauge('khop_role_active', '1 while this instance has the role, 0 while it stands by', ['role']),
  logSize: gauge('khop_log_size_bytes', 'Size of a file of the log or of a view', ['file']),
  httpRequests: histogram(
    'khop_http_request_duration_seconds',
    'How long answers over HTTP took; route is a pattern, never an address',
    ['method', 'route', 'status'],
    ANSWER_SECONDS,
  ),
};

/** The catalogue as a list, for documents and tests. */
export const METRIC_LIST: readonly MetricDefinition[] = Object.values(METRICS);
