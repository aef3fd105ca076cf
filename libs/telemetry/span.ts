import type { Attributes } from '@opentelemetry/api';
import type { Traceparent } from './traceparent.ts';

export interface SpanOptions {
  /** What this work came from: the span becomes its child. Without it, a trace begins, and whether it is kept is decided. */
  readonly parent?: Traceparent | undefined;
  /** What else it came from: the members of a batch, or what a replay repeats. */
  readonly links?: readonly (Traceparent | undefined)[];
  readonly kind?: 'internal' | 'client' | 'server' | 'producer' | 'consumer';
  /** Never a personal value. */
  readonly attributes?: Attributes;
  /** Keeps the span although its trace is not: it then begins a trace of its own, linked to where it came from. */
  readonly keep?: boolean;
  /** When the work began, as `Tracing.now` told; default now. */
  readonly startedAt?: number;
}

/** A piece of work that is being traced. */
export interface TracedSpan {
  /** What comes of this work names this as its parent. Without tracing, that which the work itself came from. */
  readonly traceparent: Traceparent | undefined;
  set(attributes: Attributes): void;
  /** Keeps the span as `SpanOptions.keep` does. To be called before its traceparent is handed on. */
  keep(): void;
  /** Says that the work failed, and keeps the span. Of an error only its name and code are told: its message might repeat a value. */
  fail(error: unknown): void;
  /** A span that is never ended has never been. */
  end(): void;
}

/** Work that nobody traces: it hands on where it came from. */
export const untraced = (traceparent: Traceparent | undefined): TracedSpan => ({
  traceparent,
  set: () => undefined,
  keep: () => undefined,
  fail: () => undefined,
  end: () => undefined,
});

/** Work in a trace that is not kept. Should it fail, or be worth keeping, it becomes a span after all. */
export class UnkeptSpan implements TracedSpan {
  readonly #name: string;
  readonly #options: SpanOptions;
  readonly #startedAt: number;
  readonly #origin: Traceparent;
  readonly #record: (name: string, options: SpanOptions) => TracedSpan;
  #attributes: Attributes | undefined;
  #kept: TracedSpan | undefined;

  constructor(
    name: string,
    options: SpanOptions,
    origin: Traceparent,
    startedAt: number,
    record: (name: string, options: SpanOptions) => TracedSpan,
  ) {
    this.#name = name;
    this.#options = options;
    this.#origin = origin;
    this.#startedAt = startedAt;
    this.#record = record;
  }

  get traceparent(): Traceparent {
    return this.#kept?.traceparent ?? this.#origin;
  }

  set(attributes: Attributes): void {
    if (this.#kept === undefined) this.#attributes = { ...this.#attributes, ...attributes };
    else this.#kept.set(attributes);
  }

  keep(): void {
    this.#keep();
  }

  fail(error: unknown): void {
    this.#keep().fail(error);
  }

  end(): void {
    this.#kept?.end();
  }

  #keep(): TracedSpan {
    this.#kept ??= this.#record(this.#name, {
      ...this.#options,
      attributes: { ...this.#options.attributes, ...this.#attributes },
      parent: this.#origin,
      startedAt: this.#startedAt,
      keep: true,
    });
    return this.#kept;
  }
}
