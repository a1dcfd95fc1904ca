// The boundaries of DESIGN and STYLE, as rules. libs/testing/src/boundaries.spec.ts proves that each of them bites.
const spec = '\\.spec\\.tsx?$';
const libs = (...names) => `^libs/(${names.join('|')})/`;

/** Files under `from` (no specs) may reach, of this repository, only themselves and `allowed`. */
const reachesOnly = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: spec },
  to: { path: '^(apps|libs)/', pathNot: [from, ...allowed] },
});

/** A spec may use the test harness on top of what its project may use. */
const production = [libs('contracts', 'platform', 'scoring')];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },

    // Between projects
    reachesOnly('contracts-stand-alone', '^libs/contracts/', []),
    reachesOnly('platform-knows-contracts', '^libs/platform/', [libs('contracts')]),
    reachesOnly('scoring-knows-contracts', '^libs/scoring/', [libs('contracts')]),
    reachesOnly('testing-knows-production-libraries', '^libs/testing/', [libs('contracts', 'platform')]),
    reachesOnly('console-knows-contracts-and-scoring', '^apps/console/', [libs('contracts', 'scoring')]),
    reachesOnly('services-know-production-libraries', '^apps/(?!console/|e2e/)[^/]+/', [...production, '^apps/']),
    {
      name: 'scoring-is-pure',
      comment:
        'It runs in a service, a CLI and a browser: ajv, simple-statistics and ml-matrix are all it may bring along.',
      severity: 'error',
      from: { path: '^libs/scoring/src/', pathNot: spec },
      to: { pathNot: ['^libs/(scoring|contracts)/', 'node_modules/(ajv|simple-statistics|ml-matrix)/'] },
    },
    {
      name: 'scoring-takes-types-of-contracts',
      severity: 'error',
      from: { path: '^libs/scoring/src/', pathNot: spec },
      to: { path: '^libs/contracts/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'apps-never-import-apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libraries-never-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'libraries-by-their-front-door',
      comment: 'A library is what its package.json exports.',
      severity: 'error',
      from: { path: '^(?:apps|libs)/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/(index|run|what-if)\\.ts$'] },
    },
    {
      name: 'the-harness-is-for-specs',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [spec, '^libs/testing/', '^apps/e2e/'] },
      to: { path: '^libs/testing/' },
    },

    // Inside a service
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/.*\\.domain\\.ts$' },
      // Data that stand beside it are as pure as it is.
      to: { pathNot: ['\\.domain\\.ts$', '\\.json$', libs('contracts', 'scoring')] },
    },
    {
      name: 'entries-never-touch-repositories',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/.*\\.(controller|consumer)\\.ts$' },
      to: { path: '\\.repository\\.ts$' },
    },
    {
      name: 'repositories-look-down-only',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/.*\\.(repository|read-model)\\.ts$' },
      to: { path: '\\.(controller|consumer|handler|job|module)\\.ts$' },
    },
    {
      name: 'handlers-know-no-entry',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/.*\\.handler\\.ts$' },
      to: { path: '\\.(controller|consumer|job|module)\\.ts$' },
    },

    // One place for a thing
    {
      name: 'kafka-clients-behind-one-folder',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/platform/src/messaging/', '^libs/testing/', '^apps/e2e/'] },
      to: { path: 'node_modules/(kafkajs|@platformatic/kafka)/' },
    },
  ],
  options: {
    exclude: { path: '(^|/)dist/' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@tenure/source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.cjs', '.mjs', '.json'],
    },
  },
};
