import { text, type SettingDefinition } from '#libs/platform';

function ratio(variable: string, description: string, fallback: number): SettingDefinition<number> {
  return {
    variable,
    description,
    fallback,
    parse: (value) => {
      const number = Number(value);
      return number >= 0 && number <= 1 ? { value: number } : { problem: 'must be a number from 0 to 1' };
    },
  };
}

/** The names are those of the OpenTelemetry specification, so that what operators know holds here too. */
export const TRACING_SETTINGS = {
  endpoint: {
    ...text(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'Where spans are sent by OTLP over HTTP, such as http://127.0.0.1:4318; without it there is no tracing',
      '',
    ),
    parse: (value: string) =>
      /^https?:$/.test(URL.parse(value)?.protocol ?? '') ? { value } : { problem: 'must be an http or https address' },
  },
  ratio: ratio('OTEL_TRACES_SAMPLER_ARG', 'Which part of the traces is kept; decided where a trace begins', 0.1),
};

/** Spans that wait for their export at most; more are dropped, and work goes on. */
export const MAX_WAITING_SPANS = 16_384;

/** Spans in one export. */
export const MAX_EXPORTED_SPANS = 1024;

/** How long spans are gathered before they are exported. */
export const EXPORT_DELAY_MILLISECONDS = 1000;

/** How long one export, and the last one at the end, may take. */
export const EXPORT_TIMEOUT_MILLISECONDS = 5000;

/** Links that a span has at most: a batch names the first of its members. */
export const MAX_LINKS = 128;
