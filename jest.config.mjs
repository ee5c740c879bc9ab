// Jest on Node < 24.9 cannot require() ES modules, and some packages (nest-commander) are CommonJS that require the
// ESM-only @nestjs/*. So in tests everything is compiled to CommonJS, and no --experimental-vm-modules is needed.
const swc = (syntax, sourceMaps) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps,
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      parser: { syntax, decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
  },
];

// Already CommonJS: not worth compiling again.
const COMMONJS = [
  'typeorm',
  'mysql2',
  'rxjs',
  'libsql',
  '@libsql',
  'jest[^/]*',
  '@jest',
  '@babel',
  '@swc',
  'class-validator',
  'validator',
  'libphonenumber-js',
  'fastify',
  '@fastify',
  'ajv',
  'pino',
  'reflect-metadata',
  'swagger-ui-dist',
  'zod',
  'axios',
  'lru-cache',
  'esbuild',
  'glass-easel-template-compiler',
  'playwright-core',
  'axe-core',
];

const project = (displayName, testMatch, environment = {}) => ({
  displayName,
  testEnvironment: 'node',
  rootDir: import.meta.dirname,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  modulePathIgnorePatterns: [
    '<rootDir>/dist',
    '<rootDir>/simulator/dist',
    '<rootDir>/client/sdk/(dist|miniprogram_dist)',
    '<rootDir>/web/dist',
    '<rootDir>/client/(demo|preview)/.*/?(dist|miniprogram_npm)/',
  ],
  setupFiles: ['<rootDir>/test/support/setup.ts'],
  globals: { TEST_DIALECT: environment.dialect },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', '^@wx-login/sdk$': '<rootDir>/client/sdk/src/index.ts' },
  transform: { '\\.ts$': swc('typescript', 'inline'), '\\.m?js$': swc('ecmascript', false) },
  transformIgnorePatterns: [`/node_modules/(${COMMONJS.join('|')})/`],
});

const acrossDatabases = ['test/http/**/*.e2e-spec.ts', 'test/database/**/*.e2e-spec.ts'];

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  testTimeout: 30_000,
  projects: [
    project('unit', [
      'src/**/*.spec.ts',
      'simulator/test/**/*.spec.ts',
      'client/sdk/test/**/*.spec.ts',
      'client/preview/test/**/*.spec.ts',
      'web/test/**/*.spec.ts',
    ]),
    project(
      'contract',
      ['test/contract/**/*.e2e-spec.ts', 'test/faults/**/*.e2e-spec.ts', 'test/preview/**/*.e2e-spec.ts'],
      { dialect: 'sqlite' },
    ),
    project('sqlite', acrossDatabases, { dialect: 'sqlite' }),
    ...(process.env.TEST_DATABASE_URL ? [project('mysql', acrossDatabases, { dialect: 'mysql' })] : []),
    ...(process.env.TEST_CHROMIUM
      ? [project('browser', ['test/browser/**/*.e2e-spec.ts'], { dialect: 'sqlite' })]
      : []),
  ],
};
