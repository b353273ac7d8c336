/** Projects by tier: `npm run jest -- --selectProjects unit` runs one; a path after `--` narrows further. */
const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@jetmesh/source', 'node'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, sourceMaps: 'inline' },
    ],
  },
};

function tier(name, testMatch) {
  return { ...shared, displayName: name, testMatch: [`<rootDir>/${testMatch}`] };
}

export default {
  projects: [
    tier('unit', 'packages/*/src/**/*.test.ts'),
    tier('architecture', 'test/architecture/**/*.test.ts'),
    tier('integration', 'test/integration/**/*.test.ts'),
    tier('conformance', 'test/conformance/**/*.test.ts'),
    tier('e2e', 'test/e2e/**/*.test.ts'),
    tier('kube', 'test/kube/**/*.test.ts'),
  ],
  testTimeout: 30_000,
};
