export { allWork, type AllWorkDeps, type WorkSlice } from './all-work.ts';
export { Linker, LINKER_EVENT_TYPES, DEFAULT_LINKER_SETTINGS, type LinkerDeps, type LinkerSettings } from './linker.ts';
export { IndexDamagedError } from './index-damage.ts';
export { LinkerIndex } from './linker-index.ts';
export { findJudged } from './find-judged.ts';
export { followLog, type FollowOptions } from './follow.ts';
export {
  publishWork,
  startLinking,
  type LinkingOptions,
  type LinkingStatus,
  type RunningLinker,
} from './start-linking.ts';
export { LINKER_SETTINGS } from './linker.settings.ts';
