import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  openQueue,
  openViewReader,
  queueProjection,
  statsProjection,
  verdictsProjection,
  ViewNotReadyError,
  type DeadLetter,
  type Queue,
  type ViewReader,
} from '#libs/projections';
import { candidatesProjection } from '#libs/projections/candidates';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';

/** The views that the desk reads, each opened once and kept. */
@Injectable()
export class DeskViews implements OnApplicationShutdown {
  readonly queue: Queue;
  readonly stats: ViewReader;
  readonly verdicts: ViewReader;
  readonly #readers: ReadonlyMap<string, ViewReader>;

  constructor(@Inject(DESK) { views }: StewardDeskDeps) {
    const queue = openViewReader(views, queueProjection);
    this.stats = openViewReader(views, statsProjection);
    this.verdicts = openViewReader(views, verdictsProjection);
    this.queue = openQueue(queue);
    this.#readers = new Map([
      [queueProjection.name, queue],
      [statsProjection.name, this.stats],
      [verdictsProjection.name, this.verdicts],
      [candidatesProjection.name, openViewReader(views, candidatesProjection)],
    ]);
  }

  /** What the views could not fold, and what waits behind that. */
  deadLetters(limit: number): readonly { readonly view: string; readonly letter: DeadLetter }[] {
    return [...this.#readers].flatMap(([view, reader]) => lettersOf(reader, limit).map((letter) => ({ view, letter })));
  }

  /** Once the last request is answered. */
  onApplicationShutdown(): void {
    for (const reader of this.#readers.values()) reader.close();
  }
}

/** A view that is not there yet has given up on nothing. */
function lettersOf(reader: ViewReader, limit: number): readonly DeadLetter[] {
  try {
    return reader.deadLetters(limit);
  } catch (error) {
    if (error instanceof ViewNotReadyError) return [];
    throw error;
  }
}
