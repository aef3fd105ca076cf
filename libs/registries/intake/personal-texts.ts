import { hash } from 'node:crypto';
import { JsonText } from '#libs/event-store/port';

/** The personal part of a version's event, as the log takes it. */
export interface PersonalPart {
  /** SHA-256 of the content's JSON, 64 hex digits. */
  readonly contentHash: string;
  readonly personal: JsonText;
}

const PIECE_BYTES = 1_048_576;
const NO_HASH = '0'.repeat(64);
const MOST_BYTES_OF_UNIT = 3;

/**
 * Writes personal parts one after the other into large pieces of memory: each is turned into bytes once, for its hash and
 * for the log, and thousands that wait to be appended are nothing that the garbage collector would have to move.
 */
export class PersonalTexts {
  #piece = Buffer.alloc(0);
  #used = 0;

  /** `json`: the canonical JSON of the content. */
  add(key: string, json: string): PersonalPart {
    const beforeHash = `{"key":${JSON.stringify(key)},"contentHash":"`;
    const beforeContent = `${NO_HASH}","content":`;
    const piece = this.#pieceFor((beforeHash.length + beforeContent.length + json.length + 1) * MOST_BYTES_OF_UNIT);
    const start = this.#used;
    const hashAt = start + piece.write(beforeHash, start);
    const contentAt = hashAt + beforeContent.length;
    const end = hashAt + piece.write(`${beforeContent}${json}}`, hashAt);
    const contentHash = hash('sha256', piece.subarray(contentAt, end - 1), 'hex');
    piece.write(contentHash, hashAt, 'latin1');
    this.#used = end;
    return { contentHash, personal: new JsonText(piece.subarray(start, end)) };
  }

  /** What was written is never written over: it is let go of together with the parts that stand in it. */
  #pieceFor(bytes: number): Buffer {
    if (this.#used + bytes > this.#piece.length) {
      this.#piece = Buffer.allocUnsafeSlow(Math.max(PIECE_BYTES, bytes));
      this.#used = 0;
    }
    return this.#piece;
  }
}
