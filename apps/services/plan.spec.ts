import { describe, expect, it } from '@jest/globals';
import { planServices } from './plan.ts';

const SETTINGS = { dataDir: '/data', port: 3000, mockPort: 4101 };
const namesOf = (environment: NodeJS.ProcessEnv): readonly string[] =>
  planServices(SETTINGS, environment).map(({ name }) => name);

describe('the services of one machine', () => {
  it('are an adapter for each registry, one relay, and two of everything else', () => {
    expect(namesOf({})).toEqual([
      'mock-registries',
      'enterprise-registry',
      'tax-office',
      'civil-status',
      'residents',
      'linker-1',
      'linker-2',
      'reconciler-1',
      'reconciler-2',
      'relay',
      'steward-desk-1',
      'steward-desk-2',
    ]);
  });

  it('share a data directory; each desk has views and a port of its own', () => {
    const planned = planServices(SETTINGS, {});
    expect(planned.every(({ environment }) => environment['KHOP_DATA_DIR'] === '/data')).toBe(true);
    expect(planned.filter(({ app }) => app === 'steward-desk').map(({ environment }) => environment)).toEqual([
      expect.objectContaining({ KHOP_PORT: '3001', KHOP_VIEWS_DIR: '/data/desks/1/views' }),
      expect.objectContaining({ KHOP_PORT: '3002', KHOP_VIEWS_DIR: '/data/desks/2/views' }),
    ]);
  });

  it('follow the registries that are named, and invented ones for the others', () => {
    const environment = { KHOP_RESIDENTS_URL: 'http://residents.example:80' };
    const planned = planServices(SETTINGS, environment);
    const urls = planned.flatMap((service) =>
      Object.entries(service.environment).filter(([name]) => name.endsWith('_URL')),
    );
    expect(Object.fromEntries(urls)).toEqual({
      KHOP_ENTERPRISE_REGISTRY_URL: 'http://127.0.0.1:4101',
      KHOP_TAX_OFFICE_URL: 'http://127.0.0.1:4102',
      KHOP_CIVIL_STATUS_URL: 'http://127.0.0.1:4103',
      KHOP_RESIDENTS_URL: 'http://residents.example:80',
    });
    const all = Object.fromEntries(
      Object.keys(Object.fromEntries(urls)).map((name) => [name, 'http://registry.example']),
    );
    expect(namesOf(all)).not.toContain('mock-registries');
  });
});
