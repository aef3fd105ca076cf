import { literals } from '#contracts/shared';
import type { TObject } from 'typebox';
import { Birth, Death, Marriage } from './civil-status.schema.ts';
import { Enterprise } from './enterprise.schema.ts';
import { Resident } from './resident.schema.ts';
import { Taxpayer } from './taxpayer.schema.ts';

export * from './civil-status.schema.ts';
export * from './common.schema.ts';
export * from './enterprise.schema.ts';
export * from './resident.schema.ts';
export * from './taxpayer.schema.ts';

/** The content of each record type, by its name. */
export interface RecordContents {
  enterprise: Enterprise;
  taxpayer: Taxpayer;
  birth: Birth;
  death: Death;
  marriage: Marriage;
  resident: Resident;
}

export type RecordType = keyof RecordContents;
export type RecordContent = RecordContents[RecordType];

/** Which registry keeps which record types. */
export const REGISTRIES = {
  'enterprise-registry': ['enterprise'],
  'tax-office': ['taxpayer'],
  'civil-status': ['birth', 'death', 'marriage'],
  residents: ['resident'],
} as const satisfies Record<string, readonly RecordType[]>;

export type Registry = keyof typeof REGISTRIES;

/** The registry that keeps a record type. */
export const REGISTRY_OF: { readonly [T in RecordType]: Registry } = {
  enterprise: 'enterprise-registry',
  taxpayer: 'tax-office',
  birth: 'civil-status',
  death: 'civil-status',
  marriage: 'civil-status',
  resident: 'residents',
};

export const REGISTRY_NAMES = Object.keys(REGISTRIES) as Registry[];
export const RECORD_TYPES = Object.keys(REGISTRY_OF) as RecordType[];

export const RegistryName = literals(REGISTRY_NAMES);
export const RecordTypeName = literals(RECORD_TYPES);

export const RECORD_SCHEMAS: { readonly [T in RecordType]: TObject } = {
  enterprise: Enterprise,
  taxpayer: Taxpayer,
  birth: Birth,
  death: Death,
  marriage: Marriage,
  resident: Resident,
};
