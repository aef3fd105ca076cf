export { allProjections } from './projections.ts';
export { startViewing, startViewingThread, type Viewing, type ViewingInput } from './viewing.ts';
