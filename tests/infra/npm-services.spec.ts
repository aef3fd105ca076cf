import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import type { HubStats } from '#contracts/http';
import { ask, endAll, endBy, openWorkshop, startService } from '#tests/support';
import { describeWith, findKafka, freePorts } from '#tests/support/infra';

const RESIDENTS = 100;
const PATIENCE_MILLISECONDS = 90_000;

describeWith(await findKafka(), 'npm run services', (kafka) => {
  const workshop = openWorkshop();
  afterAll(() => workshop.remove());
  const environment = async () => {
    const [port = 0, mockPort = 0] = await freePorts(2);
    return {
      KHOP_KAFKA: kafka().brokers.join(','),
      KHOP_KAFKA_PREFIX: `test-${randomUUID()}.`,
      KHOP_DATA_DIR: workshop.at('data'),
      KHOP_PORT: String(port),
      KHOP_MOCK_PORT: String(mockPort),
      KHOP_MOCK_RESIDENTS: String(RESIDENTS),
    };
  };

  it(
    'starts everything, with what each says behind its name, and ends it all on Ctrl+C',
    async () => {
      const env = await environment();
      const services = startService('services', { env });
      const residentsAt = (desk: number): Promise<number | undefined> =>
        ask<HubStats>(`http://127.0.0.1:${Number(env.KHOP_PORT) + desk}`, 'stats').then(
          ({ records, verdicts }) =>
            Object.values(verdicts).some(({ matched }) => matched > 0) ? records.residents['resident'] : undefined,
          () => undefined,
        );
      const until = Date.now() + PATIENCE_MILLISECONDS;
      while (Date.now() < until) {
        if ((await residentsAt(1)) === RESIDENTS && (await residentsAt(2)) === RESIDENTS) break;
        await sleep(250);
      }
      expect([await residentsAt(1), await residentsAt(2)]).toEqual([RESIDENTS, RESIDENTS]);
      const { code, stdout, stderr } = await endBy(services, 'SIGINT');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const lines = stdout.trimEnd().split('\n').slice(3);
      expect(lines.filter((line) => !/^[a-z0-9-]+ +\| \{.*\}$/.test(line))).toEqual([]);
      expect(lines.filter((line) => line.includes('"event":"ending"'))).toHaveLength(12);
    },
    PATIENCE_MILLISECONDS + 60_000,
  );

  it('says in a sentence that no Kafka answers, and starts nothing', async () => {
    const services = startService('services', { env: { ...(await environment()), KHOP_KAFKA: '127.0.0.1:1' } });
    const { code, stdout, stderr } = await services.ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^No Kafka answers at 127\.0\.0\.1:1\. [^\n]*KHOP_KAFKA\.\n$/);
    await endAll();
  }, 30_000);
});
