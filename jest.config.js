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
  globalSetup: '<rootDir>/tests/support/infra/test-run.setup.ts',
  globalTeardown: '<rootDir>/tests/support/infra/test-run.teardown.ts',
  maxWorkers: 2,
};

/** As the build compiles, but for the extensions of imports: tests run the sources themselves. */
async function swcOptions() {
  const { readFile } = await import('node:fs/promises');
  const { module, jsc } = JSON.parse(await readFile(new URL('.swcrc', import.meta.url), 'utf8'));
  return { module, jsc: { ...jsc, rewriteRelativeImportExtensions: false }, sourceMaps: 'inline' };
}
