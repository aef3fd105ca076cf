import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logging.ts';

function linesOf(write: (log: ReturnType<typeof createLogger>) => void): readonly Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLogger('linker', { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a log line', () => {
  it('says when, who and what', () => {
    const [line] = linesOf((log) => log.info({ position: 7 }, 'following'));
    expect(line).toMatchObject({ level: 'info', service: 'linker', position: 7, event: 'following' });
    expect(String(line?.['time'])).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('never shows a personal value, however deep somebody left one', () => {
    const person = { fullName: 'Lò Thị Bưởi', dateOfBirth: '1980-02-03', documentNumber: '001180012345' };
    const lines = linesOf((log) => {
      log.warn(person, 'top');
      log.warn({ record: person }, 'one');
      log.warn({ event: { personal: person } }, 'two');
      log.warn({ page: { record: { child: person } } }, 'three');
      log.error({ error: new RangeError('Lò Thị Bưởi') }, 'error');
    });
    expect(lines).toHaveLength(5);
    const text = JSON.stringify(lines);
    for (const value of Object.values(person)) expect(text).not.toContain(value);
  });

  it('tells the code of an error, and the sentence of the hub’s own errors', () => {
    const own = Object.assign(new Error('The log is away'), { code: 'unavailable' });
    const [line] = linesOf((log) => log.error({ error: own }, 'trying again'));
    expect(line).toMatchObject({ error: { code: 'unavailable', detail: 'The log is away' } });
  });
});
