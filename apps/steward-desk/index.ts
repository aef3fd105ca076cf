export * from './desk-deps.ts';
export { createDeskServer, type DeskServer, type ListenOptions } from './desk.server.ts';
export { DEFAULT_DESK_SETTINGS, type DeskSettings } from './desk-settings.ts';
export * from './imports/import-service.ts';
export * from './rules/rules-service.ts';
export { StewardDeskModule } from './steward-desk.module.ts';
export { createCandidateFinder } from './views/candidates.ts';
