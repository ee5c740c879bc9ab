// Who may import whom. The picture of these rules is in docs/architecture.md.

/** Each step may use the steps before it, and none after it. */
const STAIRCASE = ['platform', 'wechat', 'users', 'sessions', 'auth'];

/** Programs and lists that stand beside the staircase. */
const BESIDE = ['main', 'app', 'entities', 'migrate', 'openapi', 'cli'];

const lookDownOnly = STAIRCASE.slice(0, -1).map((step, i) => {
  const above = STAIRCASE.slice(i + 1);
  return {
    name: `${step}-looks-down-only`,
    comment: `${step} must not know ${above.join(', ')}.`,
    severity: 'error',
    from: { path: `^src/${step}/` },
    to: { path: `^src/(${above.join('|')}|${BESIDE.join('|')})\\b` },
  };
});

module.exports = {
  forbidden: [
    ...lookDownOnly,
    {
      name: 'nothing-knows-the-command-line',
      comment: 'cli uses every feature; the server does not know of it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli(/|\\.ts$)' },
      to: { path: '^src/cli(/|\\.ts$)' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'tables-are-private',
      comment: "Ask the neighbour's service. Only another entity may name an entity, for a foreign key.",
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '\\.entity\\.ts$' },
      to: { path: '\\.entity\\.ts$', pathNot: '^src/$1/' },
    },
    { name: 'no-barrels', severity: 'error', from: {}, to: { path: '^src/.*/index\\.ts$' } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
    {
      name: 'server-stands-alone',
      comment: 'The server does not know that a simulator, a client or a test exists.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|simulator|client|web|scripts)/|^ormconfig' },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
