import {
  CorrectionAcknowledged,
  CorrectionRefused,
  CorrectionRequested,
  CorrectionWithdrawn,
  MismatchClaimed,
  MismatchCleared,
  MismatchFlagged,
  MismatchReleased,
  MismatchReopened,
  MismatchSettled,
  ReconciliationEnded,
} from '#contracts/events';
import type { RecordedEvent } from '#libs/event-store/port';
import { timeOf } from '../shared/index.ts';
import { isOpenCorrection, type Item, type ItemCorrection } from './item.ts';

/** What happened to the queue on a day. */
export type Flow = 'flagged' | 'reopened' | 'settled' | 'cleared' | 'ended';

/** Changes the item as the event says; names what happened to the queue, if anything did. */
export type Transition = (item: Item, event: RecordedEvent) => Flow | undefined;

const CORRECTIONS_KEPT = 20;

function text({ type, data }: RecordedEvent, field: string): string {
  const value = data[field];
  if (typeof value !== 'string') throw new TypeError(`${type} lacks ${field}`);
  return value;
}

function open(item: Item, event: RecordedEvent): void {
  item.openedAt = timeOf(event.occurredAt);
  item.closedAt = null;
  item.decision = null;
  item.cleared = false;
}

function close(item: Item, event: RecordedEvent): void {
  item.openedAt = null;
  item.closedAt = timeOf(event.occurredAt);
  item.holder = null;
  item.leaseUntil = null;
}

function correctionIs(state: ItemCorrection['state']): Transition {
  return (item, event) => {
    const requestId = text(event, 'requestId');
    item.corrections = item.corrections.map((one) => (one.requestId === requestId ? { ...one, state } : one));
    return undefined;
  };
}

export const TRANSITIONS: ReadonlyMap<string, Transition> = new Map<string, Transition>([
  [
    MismatchFlagged.type,
    (item, event) => {
      open(item, event);
      return 'flagged';
    },
  ],
  [
    MismatchReopened.type,
    (item, event) => {
      open(item, event);
      return 'reopened';
    },
  ],
  [
    MismatchClaimed.type,
    (item, event) => {
      item.holder = text(event, 'holder');
      item.leaseUntil = timeOf(text(event, 'leaseUntil'));
      return undefined;
    },
  ],
  [
    MismatchReleased.type,
    (item) => {
      item.holder = null;
      item.leaseUntil = null;
      return undefined;
    },
  ],
  [
    CorrectionRequested.type,
    (item, event) => {
      const correction: ItemCorrection = {
        requestId: text(event, 'requestId'),
        registry: text(event, 'registry'),
        state: 'requested',
        requestedAt: event.occurredAt,
      };
      item.corrections = [...item.corrections, correction].slice(-CORRECTIONS_KEPT);
      return undefined;
    },
  ],
  [CorrectionAcknowledged.type, correctionIs('acknowledged')],
  [CorrectionRefused.type, correctionIs('refused')],
  [CorrectionWithdrawn.type, correctionIs('withdrawn')],
  [
    MismatchSettled.type,
    (item, event) => {
      close(item, event);
      item.decision = text(event, 'decision');
      return 'settled';
    },
  ],
  [
    MismatchCleared.type,
    (item, event) => {
      close(item, event);
      item.cleared = true;
      item.decision = null;
      const state = item.matched ? 'fulfilled' : 'lapsed';
      item.corrections = item.corrections.map((one) => (isOpenCorrection(one) ? { ...one, state } : one));
      return 'cleared';
    },
  ],
  [
    ReconciliationEnded.type,
    (item) => {
      item.ended = true;
      return item.openedAt === null ? undefined : 'ended';
    },
  ],
]);
