import { Inject, Injectable } from '@nestjs/common';
import type { Rules } from '#contracts/rules';
import { RulesBook } from '#libs/rules';
import { DESK, type StewardDeskDeps } from '../desk-deps.ts';

/** The rules that verdicts refer to, and those in force, as the log has them. */
@Injectable()
export class DeskRules {
  readonly #desk: StewardDeskDeps;
  #book: Promise<RulesBook> | undefined;

  constructor(@Inject(DESK) desk: StewardDeskDeps) {
    this.#desk = desk;
  }

  /** The rules of a version; undefined when neither the log nor this version of the hub has them. */
  async find(version: string): Promise<Rules | undefined> {
    const book = await this.#opened();
    if (book.find(version) === undefined) await book.refresh();
    return book.find(version);
  }

  async inForce(): Promise<Rules> {
    return (await this.#opened()).inForce();
  }

  /** A log that could not be read is tried again. */
  #opened(): Promise<RulesBook> {
    this.#book ??= RulesBook.open(this.#desk.store);
    this.#book.catch(() => (this.#book = undefined));
    return this.#book;
  }
}
