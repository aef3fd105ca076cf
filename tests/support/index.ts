export * from './small-hub.ts';
export * from './people.ts';
