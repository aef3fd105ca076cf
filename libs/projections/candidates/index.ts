export { candidatesProjection } from './candidates.projection.ts';
export { findCandidates, type FoundCandidate } from './find-candidates.ts';
