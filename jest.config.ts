import type { Config } from 'jest';

// Node reads this file as the CommonJS that it is after its types are stripped: so `require`, not `import`.
const fs: typeof import('node:fs') = require('node:fs');
const path: typeof import('node:path') = require('node:path');

type Project = Exclude<NonNullable<Config['projects']>[number], string>;

// NestJS 12 and some others are ES modules only. Jest loads them with this flag, and workers inherit it from here, so
// that a plain `npx jest` works. `workerIdleMemoryLimit` below makes Jest use a worker even for a single file.
process.env['NODE_OPTIONS'] = [
  process.env['NODE_OPTIONS'],
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=TimeoutNegativeWarning', // kafkajs 2.2.4 on Node 24
]
  .filter(Boolean)
  .join(' ');

const swc: Record<string, unknown> = JSON.parse(fs.readFileSync(path.join(__dirname, '.swcrc'), 'utf8'));
const setUp = '<rootDir>/libs/testing/src/jest';

const base: Project = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@tenure/source', 'node', 'node-addons'] },
  transform: { '^.+\\.tsx?$': ['@swc/jest', { ...swc, swcrc: false }] },
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/.data/', '<rootDir>/.nx/'],
};

/** The tier of a test is in its file's name: `.spec` is pure, `.int.spec` has Kafka and Postgres, `.e2e.spec` all of it. */
const config: Config = {
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs}/*/src/**/*.spec.{ts,tsx}'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e)\\.spec\\.tsx?$'],
      setupFilesAfterEnv: [`${setUp}/patience.ts`],
    },
    {
      ...base,
      displayName: 'int',
      testMatch: ['<rootDir>/{apps,libs}/*/src/**/*.int.spec.ts'],
      globalSetup: `${setUp}/global-setup.ts`,
      globalTeardown: `${setUp}/global-teardown.ts`,
      setupFilesAfterEnv: [`${setUp}/patience.ts`],
    },
    {
      ...base,
      displayName: 'e2e',
      testMatch: ['<rootDir>/apps/e2e/src/**/*.e2e.spec.ts'],
      setupFilesAfterEnv: [`${setUp}/patience.ts`],
    },
  ],
};

module.exports = config;
