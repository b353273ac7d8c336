/** Projects by tier: `npm run jest -- --selectProjects unit` runs one; a path after `--` narrows further. */
const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  // What `npm run dist` makes has packages of the same names.
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testEnvironmentOptions: { customExportConditions: ['@jetmesh/source', 'node'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, sourceMaps: 'inline' },
    ],
  },
};

function tier(name, testMatch, more = {}) {
  return { ...shared, ...more, displayName: name, testMatch: [`<rootDir>/${testMatch}`] };
}

const realProcesses = { setupFilesAfterEnv: ['<rootDir>/test/support/second-try.ts'] };

/** What the data plane promises holds however Triggers get their events (docs/decisions/0007). */
const dataPlane = 'test/conformance/{code-table,data-plane,event-*}.test.ts';

export default {
  projects: [
    tier('unit', 'packages/*/src/**/*.test.ts'),
    tier('architecture', '{test/architecture,scripts}/**/*.test.ts'),
    tier('integration', 'test/integration/**/*.test.ts', realProcesses),
    tier('conformance', 'test/conformance/**/*.test.ts', realProcesses),
    tier('conformance-shared', dataPlane, {
      ...realProcesses,
      setupFiles: ['<rootDir>/test/conformance/share-consumers.ts'],
    }),
    tier('e2e', 'test/e2e/**/*.test.ts', realProcesses),
    tier('kube', 'test/kube/**/*.test.ts', realProcesses),
  ],
  testTimeout: 30_000,
};
