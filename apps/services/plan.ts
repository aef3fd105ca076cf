import { join } from 'node:path';
import { REGISTRY_NAMES } from '#contracts/records';

/** A process to be started. */
export interface PlannedService {
  /** Its instance, such as `linker-1`. */
  readonly name: string;
  /** Its app, such as `linker`. */
  readonly app: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface PlanSettings {
  readonly dataDir: string;
  /** The desks listen on the two ports behind it. */
  readonly port: number;
  /** The first of the mock registries listens here, the others behind it. */
  readonly mockPort: number;
}

/** The variable that holds the address of a registry. */
const urlVariable = (registry: string): string => `KHOP_${registry.toUpperCase().replaceAll('-', '_')}_URL`;

const INSTANCES = ['1', '2'];

/**
 * All services of one machine: an adapter for each registry, of everything else two, one relay. A registry whose address is not in the
 * environment is one of an invented province.
 */
export function planServices(
  { dataDir, port, mockPort }: PlanSettings,
  environment: NodeJS.ProcessEnv,
): readonly PlannedService[] {
  const service = (name: string, app: string, more: Readonly<Record<string, string>> = {}): PlannedService => ({
    name,
    app,
    environment: { KHOP_DATA_DIR: dataDir, KHOP_INSTANCE: name, KHOP_HTTP_PORT: '0', ...more },
  });
  const addresses = REGISTRY_NAMES.map((registry, index) => {
    const given = environment[urlVariable(registry)];
    const isMock = given === undefined || given === '';
    return { registry, isMock, address: isMock ? `http://127.0.0.1:${mockPort + index}` : given };
  });
  return [
    ...(addresses.some(({ isMock }) => isMock)
      ? [service('mock-registries', 'mock-registries', { KHOP_MOCK_PORT: String(mockPort) })]
      : []),
    ...addresses.map(({ registry, address }) => service(registry, registry, { [urlVariable(registry)]: address })),
    ...INSTANCES.map((number) => service(`linker-${number}`, 'linker')),
    ...INSTANCES.map((number) => service(`reconciler-${number}`, 'reconciler')),
    service('relay', 'relay'),
    ...INSTANCES.map((number) =>
      service(`steward-desk-${number}`, 'steward-desk', {
        KHOP_PORT: String(port + Number(number)),
        KHOP_VIEWS_DIR: join(dataDir, 'desks', number, 'views'),
      }),
    ),
  ];
}
