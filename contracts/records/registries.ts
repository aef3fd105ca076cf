import { birthDefinition, deathDefinition, marriageDefinition } from './civil-status/index.ts';
import { enterpriseDefinition } from './enterprise-registry/index.ts';
import { residentDefinition } from './residents/index.ts';
import { taxpayerDefinition } from './tax-office/index.ts';

/**
 * Every record type that the hub takes in: the one list in which a registry is registered. What is shared derives from it. A
 * new one goes to the end, since views store the places.
 */
export const REGISTERED = [
  enterpriseDefinition,
  taxpayerDefinition,
  birthDefinition,
  deathDefinition,
  marriageDefinition,
  residentDefinition,
] as const;
