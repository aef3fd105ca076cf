import { describe, expect, it } from '@jest/globals';
import { METRIC_LIST } from '#libs/platform/metrics';
import { read, readCompose, readYaml } from './files.ts';

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}
interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
}
interface Scraping {
  readonly scrape_configs: readonly { readonly static_configs: readonly { readonly targets: readonly string[] }[] }[];
}

const alerts = (readYaml('deploy/prometheus/alerts.yml') as Rules).groups.flatMap(({ rules }) => rules);
const dashboard = JSON.parse(read('deploy/grafana/dashboards/khop.json')) as Dashboard;
const shown = dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })));
const runbook = read('docs/operations.md');

/** What a histogram is asked for, and the labels that Prometheus itself adds. */
const SUFFIX = /_(bucket|count|sum)$/u;
const ADDED_LABELS = ['instance', 'job', 'service', 'le'];

function metricsIn(expr: string): readonly string[] {
  return [...expr.matchAll(/\bkhop_[a-z_]+/gu)].map(([name]) => name);
}

function definitionOf(name: string) {
  const histogram = METRIC_LIST.find(
    (metric) => metric.type === 'histogram' && metric.name === name.replace(SUFFIX, ''),
  );
  return SUFFIX.test(name) && histogram !== undefined
    ? histogram
    : METRIC_LIST.find((metric) => metric.type !== 'histogram' && metric.name === name);
}

function labelsIn(expr: string): readonly string[] {
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/gu)].flatMap(([, labels = '']) => labels.split(/, */u));
  const selected = [...expr.matchAll(/([a-z_]+)=~?"/gu)].map(([, label = '']) => label);
  return [...grouped, ...selected];
}

const expressions = [
  ...alerts.map(({ alert, expr }) => [alert, expr]),
  ...shown.map(({ title, expr }) => [title, expr]),
];

describe('alerts and dashboard', () => {
  it.each(expressions)('%s asks for metrics and labels that there are: %s', (_, expr = '') => {
    const known = metricsIn(expr).map(definitionOf);

    expect(known).not.toContain(undefined);
    const labels = [...ADDED_LABELS, ...known.flatMap((metric) => metric?.labels ?? [])];
    expect(labelsIn(expr).filter((label) => !labels.includes(label))).toEqual([]);
  });

  it('show every metric', () => {
    const used = new Set(
      expressions.flatMap(([, expr = '']) => metricsIn(expr)).map((name) => definitionOf(name)?.name),
    );

    expect(METRIC_LIST.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });

  it('are explained in the runbook, each by its name', () => {
    const headings = [...runbook.matchAll(/^### (\w+)$/gmu)].map(([, heading]) => heading);
    expect(headings.sort()).toEqual(alerts.map(({ alert }) => alert).sort());

    const rows = [...runbook.matchAll(/^\| `(khop_[a-z_]+)` *\| ([a-z, ]*?) *\|/gmu)].map(([, name, labels]) => [
      name,
      labels,
    ]);
    expect(rows).toEqual(METRIC_LIST.map(({ name, labels }) => [name, labels.join(', ')]));
  });
});

describe('Prometheus', () => {
  it('asks services that are there, and all of Khớp', () => {
    const targets = (readYaml('deploy/prometheus/prometheus.yml') as Scraping).scrape_configs
      .flatMap((job) => job.static_configs)
      .flatMap((config) => config.targets)
      .map((target) => target.split(':')[0] ?? '');
    const { services } = readCompose();

    expect(targets.filter((target) => !(target in services))).toEqual([]);
    const own = Object.keys(services).filter((name) => services[name]?.image.startsWith('khop/'));
    expect(own.filter((name) => !targets.includes(name))).toEqual([]);
  });
});

describe('the collector', () => {
  const config = readYaml('deploy/otel-collector/config.yaml') as {
    readonly receivers: object;
    readonly processors: {
      readonly tail_sampling: { readonly policies: readonly { readonly name: string; readonly type: string }[] };
    };
    readonly exporters: object;
    readonly extensions: object;
    readonly service: {
      readonly extensions: readonly string[];
      readonly pipelines: {
        readonly traces: Readonly<Record<'receivers' | 'processors' | 'exporters', readonly string[]>>;
      };
    };
  };

  it('uses what it defines, and samples before it batches', () => {
    const { receivers, processors, exporters } = config.service.pipelines.traces;

    expect(receivers).toEqual(Object.keys(config.receivers));
    expect(processors).toEqual(Object.keys(config.processors));
    expect(exporters).toEqual(Object.keys(config.exporters));
    expect(config.service.extensions).toEqual(Object.keys(config.extensions));
    expect(processors.indexOf('tail_sampling')).toBeLessThan(processors.indexOf('batch'));
  });

  it('keeps every error and every mismatch, for which services send everything', () => {
    expect(config.processors.tail_sampling.policies).toEqual(
      expect.arrayContaining([
        { name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
        {
          name: 'mismatches',
          type: 'string_attribute',
          string_attribute: { key: 'khop.outcome', values: ['MISMATCHED'] },
        },
      ]),
    );
    for (const { image, environment } of Object.values(readCompose().services)) {
      if (image.startsWith('khop/')) expect(environment?.['OTEL_TRACES_SAMPLER_ARG']).toBe('1');
    }
  });
});
