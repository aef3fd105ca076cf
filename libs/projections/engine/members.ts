import { mkdirSync } from 'node:fs';
import { START, type EventStoreReader, type Position } from '#libs/event-store/port';
import { isDamagedFile } from './failures.ts';
import type { Projection } from './projection.ts';
import { findLiveView, makeLive, removeOtherFiles, removeViewFile, unusedViewFile, viewFile } from './view-files.ts';
import { openWritableView, type ViewFileOptions, type WritableView } from './writable-view.ts';

/** What went wrong with a view last; it is tried again. */
export interface ViewProblem {
  readonly code: string;
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly attempts: number;
}

/** A view that is being kept, with what the engine knows of it. */
export interface Member {
  readonly view: WritableView;
  /** Readers read this file; otherwise it is being built beside the live one. */
  live: boolean;
  /** Up to here it folds what others like it have folded before. */
  readonly replaysUpTo: Position;
  /** `recordedAt` of the last event that was read for it. */
  lastRecordedAt: string | undefined;
  problem: ViewProblem | undefined;
  /** Not before this moment of the monotonic clock, in milliseconds. */
  retryAt: number;
  /** Events that it has taken, and the time that folding them took. */
  events: number;
  busyMilliseconds: number;
}

export type MemberOptions = Omit<ViewFileOptions, 'file'>;

/** Opens the views of the projections: from their files where these fit the log, otherwise new. */
export async function openMembers(
  store: EventStoreReader,
  projections: readonly Projection[],
  options: MemberOptions,
): Promise<Member[]> {
  mkdirSync(options.directory, { recursive: true });
  const members: Member[] = [];
  try {
    for (const projection of projections) members.push(await openMember(store, projection, options));
  } catch (error) {
    for (const { view } of members) view.close();
    throw error;
  }
  return members;
}

async function openMember(store: EventStoreReader, projection: Projection, options: MemberOptions): Promise<Member> {
  const { directory } = options;
  const { name, version } = projection;
  const live = findLiveView(directory, name);
  const file = live?.version === version ? live.file : viewFile(name, version);
  removeOtherFiles(directory, name, live === undefined ? [file] : [live.file, file]);
  const view = await openFitting(store, projection, { ...options, file });
  const isLive = live === undefined || live.version === version;
  if (live === undefined) makeLive(directory, name, { file, version });
  return newMember(view, isLive, view.position === START ? await store.head() : START);
}

/** A checkpoint that the log does not have, or that another log has written: the view is built again. */
async function openFitting(
  store: EventStoreReader,
  projection: Projection,
  options: ViewFileOptions,
): Promise<WritableView> {
  try {
    const view = openWritableView(projection, options);
    if (await fitsLog(store, view)) return view;
    view.close();
  } catch (error) {
    if (!isDamagedFile(error)) throw error;
  }
  removeViewFile(options.directory, options.file);
  return openWritableView(projection, options);
}

async function fitsLog(store: EventStoreReader, view: WritableView): Promise<boolean> {
  const checkpoint = view.checkpoint();
  if (checkpoint === undefined) return true;
  const point = await store.pointAt(checkpoint.position);
  return point?.logId === checkpoint.logId && point.hash === checkpoint.hash;
}

/** A second file of a view's version, to be filled from the log's start beside the live one. */
export function buildBeside(member: Member, options: MemberOptions): Member {
  const { projection } = member.view;
  const file = unusedViewFile(options.directory, projection.name, projection.version);
  return newMember(openWritableView(projection, { ...options, file }), false);
}

/** Lets the readers have this file, and removes the view's others. */
export function swapIn(member: Member, directory: string): void {
  const { projection, file } = member.view;
  makeLive(directory, projection.name, { file, version: projection.version });
  member.live = true;
  removeOtherFiles(directory, projection.name, [file]);
}

function newMember(view: WritableView, live: boolean, replaysUpTo: Position = START): Member {
  return {
    view,
    live,
    replaysUpTo,
    lastRecordedAt: undefined,
    problem: undefined,
    retryAt: 0,
    events: 0,
    busyMilliseconds: 0,
  };
}

/** Members by position, the furthest first. */
export function groupByPosition(members: readonly Member[]): Member[][] {
  const groups = new Map<Position, Member[]>();
  for (const member of members) {
    const position = member.view.position;
    const group = groups.get(position);
    if (group === undefined) groups.set(position, [member]);
    else group.push(member);
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, group]) => group);
}

export const lowestPosition = (members: readonly Member[]): Position =>
  members.reduce<Position>(
    (lowest, { view }) => (view.position < lowest ? view.position : lowest),
    members[0]?.view.position ?? START,
  );
