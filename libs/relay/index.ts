export { RelayFencedError, RelayPositionNotInLogError } from './errors.ts';
export { lookupIn, RELAYED_TYPES, toPublicEvent, type Lookup, type PublicEvent } from './public-events.ts';
export { runRelay, type RelayOptions, type RelayStatus } from './run-relay.ts';
export {
  DEFAULT_RELAY_SETTINGS,
  readRelaySettings,
  RELAY_POSITIONS_TOPIC,
  RELAY_SETTINGS,
  RELAY_TOPIC_SETTINGS,
  relayTopics,
  type RelaySettings,
} from './settings.ts';
