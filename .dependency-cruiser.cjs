/** The import table of DESIGN §2 as rules; `npm run boundaries` fails when one is broken. */
const programs = 'broker|trigger-controller|subscription-bridge|http-source-adapter';
const libraries =
  'event-filter|cloudevents-http|jetstream|kube-controller|kube-api-server|service-runtime';

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'programs-never-import-programs',
      severity: 'error',
      from: { path: `^packages/(${programs})/` },
      to: { path: `^packages/(${programs}|cli)/`, pathNot: '^packages/$1/' },
    },
    {
      name: 'cli-starts-programs-but-never-imports-them',
      severity: 'error',
      from: { path: '^packages/cli/' },
      to: { path: `^packages/(${programs})/` },
    },
    {
      name: 'ingress-and-dispatcher-are-two-programs',
      severity: 'error',
      from: { path: '^packages/broker/src/(ingress|dispatcher)/' },
      to: {
        path: '^packages/broker/src/(ingress|dispatcher)/',
        pathNot: '^packages/broker/src/$1/',
      },
    },
    {
      name: 'libraries-import-only-the-eventing-api',
      severity: 'error',
      from: { path: `^packages/(${libraries})/` },
      to: { path: '^packages/', pathNot: '^packages/($1|eventing-api)/' },
    },
    {
      name: 'the-eventing-api-imports-no-package',
      severity: 'error',
      from: { path: '^packages/eventing-api/' },
      to: { path: '^packages/', pathNot: '^packages/eventing-api/' },
    },
    {
      name: 'only-jetstream-opens-a-nats-connection',
      severity: 'error',
      from: { pathNot: '^packages/jetstream/' },
      to: { path: 'node_modules/nats/' },
    },
    {
      name: 'only-kube-controller-knows-client-node',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/kube-controller/' },
      to: { path: 'node_modules/@kubernetes/' },
    },
    {
      name: 'pure-libraries-touch-no-socket',
      severity: 'error',
      from: {
        path: '^packages/(eventing-api|event-filter|cloudevents-http)/',
        pathNot: '[.]test[.]ts$',
      },
      to: { path: '^(node:)?(net|http|https|fs|fs/promises|child_process|dgram|tls)$' },
    },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { path: '^packages/', pathNot: '[.]test[.]ts$' },
      to: { path: '([.]test[.]ts$|^test/)' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'dist'] },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@jetmesh/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js'],
    },
  },
};
