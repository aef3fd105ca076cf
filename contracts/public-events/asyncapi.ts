import { REGISTRY_NAMES } from '#contracts/records';
import { WORK_TOPIC, WorkItem } from '#contracts/work';
import type { PublicEventDefinition } from './public-event.ts';
import { CORRECTION_EVENTS, PUBLIC_EVENTS } from './public-events.schema.ts';
import { correctionRequestsTopic, PUBLIC_EVENTS_TOPIC } from './topics.ts';

interface Message {
  readonly type: string;
  readonly description: string;
  readonly payload: object;
}

/** The name of a type inside the document. */
const nameOf = (type: string): string => type.replaceAll(/[^a-zA-Z0-9]+/g, '-');

const text = (description: string, pattern?: string) => ({
  type: 'string',
  description,
  ...(pattern !== undefined && { pattern }),
});

/** The attributes of CloudEvents 1.0 as Kafka's binary binding has them: in headers. */
const headersOf = (type: string) => ({
  type: 'object',
  required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_time', 'content-type'],
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: text('With the source it names the message: a second one with the same id says nothing new.'),
    ce_source: text('Who says it, such as /khop/relay.'),
    ce_type: { const: type },
    ce_time: text('RFC 3339: when it happened.'),
    ce_subject: text('What it is about: the reconciliation.'),
    ce_traceparent: text('W3C trace context, by the distributed tracing extension.'),
    traceparent: text('The same, for readers who don’t know CloudEvents.'),
    'content-type': { const: 'application/json' },
  },
});

const messagesOf = (definitions: readonly PublicEventDefinition[]): readonly Message[] =>
  definitions.map(({ type, description, data }) => ({ type, description, payload: data }));

const WORK_MESSAGES: readonly Message[] = ['judge', 'end'].map((kind) => ({
  type: `khop.work.${kind}.v1`,
  description: 'What the linker hands to a reconciler. Inside the hub: it may change with it.',
  payload: WorkItem,
}));

const CHANNELS: readonly {
  readonly address: string;
  readonly description: string;
  readonly messages: readonly Message[];
}[] = [
  {
    address: PUBLIC_EVENTS_TOPIC,
    description:
      'Verdicts, and what became of mismatches. Written in transactions: read committed. In order for each reconciliation.',
    messages: messagesOf(PUBLIC_EVENTS),
  },
  ...REGISTRY_NAMES.map((registry) => ({
    address: correctionRequestsTopic(registry),
    description: `What the registry ${registry} is asked to correct. Written in transactions: read committed.`,
    messages: messagesOf(CORRECTION_EVENTS),
  })),
  { address: WORK_TOPIC, description: 'What is to be judged, keyed by reconciliation.', messages: WORK_MESSAGES },
];

/**
 * The topics and messages as an AsyncAPI 3.0 document. With a hub that has a prefix for its topics, that stands before each address.
 */
export function asyncApi(): object {
  const all = new Map(CHANNELS.flatMap(({ messages }) => messages.map((message) => [message.type, message] as const)));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Khớp',
      version: '1',
      description:
        'What the hub between registries says on Kafka: CloudEvents 1.0 in the binary binding. Messages hold references and verdicts, never personal values.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      CHANNELS.map(({ address, description, messages }) => [
        nameOf(address),
        {
          address,
          description,
          messages: Object.fromEntries(
            messages.map(({ type }) => [nameOf(type), { $ref: `#/components/messages/${nameOf(type)}` }]),
          ),
        },
      ]),
    ),
    operations: Object.fromEntries(
      CHANNELS.map(({ address }) => [
        `tell-${nameOf(address)}`,
        { action: 'send', channel: { $ref: `#/channels/${nameOf(address)}` } },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        [...all.values()].map(({ type, description, payload }) => [
          nameOf(type),
          {
            name: type,
            summary: description,
            headers: headersOf(type),
            payload,
            bindings: { kafka: { key: { type: 'string', description: 'The reconciliation.' } } },
          },
        ]),
      ),
    },
  };
}
