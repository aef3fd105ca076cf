import type { JsonObject } from '#contracts/shared';

/**
 * An object that its maker has as JSON already, so that nobody need make the text again. A store takes the bytes as they are:
 * they must be the UTF-8 of an object's JSON, and must not change.
 */
export class JsonText {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  toJSON(): JsonObject {
    return JSON.parse(
      Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength).toString(),
    ) as JsonObject;
  }
}
