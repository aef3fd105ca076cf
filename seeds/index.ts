export { compareVerdicts } from './compare-verdicts.ts';
export type { GeneratedItem, GeneratedRecord, GeneratedTruth, SeededRecord, VerdictTruth } from './items.ts';
export { generateProvince, SeedError, type ProvinceOptions } from './province.ts';
export {
  scenario,
  SCENARIOS,
  type Scenario,
  type ScenarioName,
  type ScenarioRecord,
  type ScenarioStep,
  type ScenarioVerdict,
} from './scenarios/index.ts';
export { VARIATIONS, type Expectation, type Variation, type VariationName } from './variations/index.ts';
export { PROVINCE_FILES, writeProvince, type ProvinceSummary, type WriteProvinceOptions } from './write-province.ts';
