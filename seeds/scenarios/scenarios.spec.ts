import { describe, expect, it } from '@jest/globals';
import { Compile } from 'typebox/compile';
import { forEachRecord } from '#contracts/records';
import { compareVerdicts } from '../compare-verdicts.ts';
import { scenario, SCENARIOS } from './index.ts';

const VALIDATORS = forEachRecord(({ schema }) => Compile(schema));

describe.each(SCENARIOS)('Scenario $name', ({ name, steps }) => {
  it('is found by its name', () => {
    expect(scenario(name).steps).toBe(steps);
  });

  it('follows the intake contract', () => {
    for (const { record, content } of steps.flatMap(({ records }) => records)) {
      expect(VALIDATORS[record].Check(content)).toBe(true);
    }
  });

  it('dates every version, so that its order does not depend on arrival', () => {
    for (const { content } of steps.flatMap(({ records }) => records)) expect(content.updatedAt).toBeDefined();
  });

  it('states its verdicts in the order of the export', () => {
    for (const { verdicts } of steps) expect(verdicts.toSorted(compareVerdicts)).toEqual(verdicts);
  });
});
