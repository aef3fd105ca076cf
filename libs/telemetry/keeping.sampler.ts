import { SamplingDecision, type Sampler } from '@opentelemetry/sdk-trace';

/** Marks a span that is kept whatever the ratio says. */
export const KEEP = 'khop.keep';

/** Keeps what is marked, and leaves everything else to another sampler. */
export function keepingSampler(other: Sampler): Sampler {
  return {
    shouldSample: (context, traceId, name, kind, attributes, links) =>
      attributes[KEEP] === true
        ? { decision: SamplingDecision.RECORD_AND_SAMPLED }
        : other.shouldSample(context, traceId, name, kind, attributes, links),
    toString: () => `Keeping(${other.toString()})`,
  };
}
