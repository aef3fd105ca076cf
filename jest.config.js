/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '<rootDir>/tests/infra/'],
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  transform: { '\\.ts$': ['@swc/jest', { swcrc: false, ...(await swcOptions()) }] },
  testTimeout: 30_000,
  maxWorkers: 2,
};

async function swcOptions() {
  const { readFile } = await import('node:fs/promises');
  const { $schema, exclude, jsc, sourceMaps, ...options } = JSON.parse(await readFile(new URL('.swcrc', import.meta.url), 'utf8'));
  const { rewriteRelativeImportExtensions, ...rest } = jsc;
  return { ...options, jsc: rest, sourceMaps: 'inline' };
}
