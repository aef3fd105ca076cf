import type { Static, TSchema } from 'typebox';

/** A type of which nothing may be changed. */
export type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** What a schema describes. */
export type Of<S extends TSchema> = Frozen<Static<S>>;

type MayLack<T, K extends keyof T> = T extends Record<K, unknown> ? never : undefined;
type Sent<T> = T extends readonly (infer E)[]
  ? readonly Sent<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Sent<T[K]> | MayLack<T, K> }
    : T;

/** What a schema describes, as a program hands it over: `undefined` stands for what is missing, and is left out of the JSON. */
export type MessageOf<S extends TSchema> = Sent<Static<S>>;
