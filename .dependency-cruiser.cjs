/** The layers of the project: domain and ports know only contracts; adapters know their port; apps know everything; nobody knows apps. */
const app = '^apps/([^/]+)/';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nobody-knows-apps',
      severity: 'error',
      from: { path: '^(libs|contracts|seeds)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'only-hub-and-cli-compose-other-apps',
      severity: 'error',
      from: { path: app, pathNot: '^apps/(hub|cli)/' },
      to: { path: app, pathNot: '^apps/$1/' },
    },
    {
      name: 'contracts-know-nobody',
      severity: 'error',
      from: { path: '^contracts/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^contracts/', '^node_modules/typebox/', '^(node:)?(fs|crypto)$'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'The domain imports contracts and named pure packages: no Node, Nest or SQL.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^libs/domain/', '^contracts/', '^node_modules/stdnum/'] },
    },
    {
      name: 'ports-know-only-contracts',
      severity: 'error',
      from: { path: '^libs/[^/]+/port/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^libs/[^/]+/port/', '^contracts/'] },
    },
    {
      name: 'libraries-do-not-know-seeds',
      severity: 'error',
      from: { path: '^(libs|contracts)/' },
      to: { path: '^seeds/' },
    },
    {
      name: 'through-the-front-door',
      comment: 'A folder says in its index.ts what it offers; nothing reaches past that.',
      severity: 'error',
      from: { path: '^(apps|libs|seeds)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/', pathNot: ['^libs/$2/', '/index\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
