import { readFileSync } from 'node:fs';
import { DEFAULT_APP } from '../../simulator/src/simulator.js';
import { AppModule } from '../../src/app.module.js';
import { AUDIT_TYPES } from '../../src/platform/audit/audit-types.js';
import { SIMULATOR_APP } from '../../src/platform/config/environment.js';
import { environmentSchema } from '../../src/platform/config/environment.schema.js';
import { errorTypes } from '../../src/platform/errors/app-error.js';
import { httpStatusOf } from '../../src/platform/errors/problem-details.js';
import { runBuilt } from '../support/built-program.js';

const read = (file: string): string => readFileSync(file, 'utf8');

describe('docs/errors.md', () => {
  // The rows of its tables: | `code` | status | zh | en | what to do |
  const documented = [
    ...read('docs/errors.md').matchAll(/^\| `([\w.]+)` \| (\d{3}) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm),
  ];

  it('lists every error the server can answer, with its status and texts, and no other', () => {
    expect(AppModule).toBeDefined(); // loading it registers every error class
    const declared = errorTypes().map((type) => [type.code, String(httpStatusOf(type)), type.title.zh, type.title.en]);
    expect(documented.map((row) => row.slice(1, 5)).sort()).toEqual(declared.sort());
  });

  it('says what a client should do about each', () => {
    expect(documented.filter(([, , , , , advice]) => (advice ?? '').trim().length < 4)).toEqual([]);
  });
});

describe('openapi.json', () => {
  it('is what the built server describes', async () => {
    const { code, stdout, stderr } = await runBuilt('dist/src/openapi.js', []);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(read('openapi.json'))).toEqual(JSON.parse(stdout));
  });

  it('gives every operation a summary, and every error an example', () => {
    const { paths } = JSON.parse(read('openapi.json')) as OpenApi;
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    expect(operations.filter(({ summary }) => !summary)).toEqual([]);
    const problems = operations.flatMap(({ responses }) =>
      Object.values(responses).flatMap(({ content }) => content?.['application/problem+json'] ?? []),
    );
    expect(problems.length).toBeGreaterThan(20);
    expect(problems.filter(({ examples }) => Object.keys(examples ?? {}).length === 0)).toEqual([]);
  });
});

describe('docs/audit.md', () => {
  // The rows of its tables: | `type` | zh | en | detail |
  const documented = [...read('docs/audit.md').matchAll(/^\| `([\w.]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)];

  it('lists every type of event there is, with its meaning, and no other', () => {
    const declared = Object.entries(AUDIT_TYPES).map(([type, { zh, en }]) => [type, zh, en]);
    expect(documented.map((row) => row.slice(1, 4)).sort()).toEqual(declared.sort());
  });
});

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  summary?: string;
  responses: Record<string, { content?: Record<string, { examples?: object }> }>;
}

describe('.env.example', () => {
  it('names exactly the variables the server reads, and README.md explains each', () => {
    const named = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name!);
    const readme = read('README.md');
    expect(named.sort()).toEqual(Object.keys(environmentSchema.shape).sort());
    expect(named.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the simulator', () => {
  it('knows the app that the server uses when it has none of its own', () => {
    expect({ id: SIMULATOR_APP.id, secret: SIMULATOR_APP.secret }).toEqual(DEFAULT_APP);
  });
});

describe('package.json', () => {
  it.each(['package.json', 'simulator/package.json'])('pins every version in %s exactly', (file) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(read(file)) as Record<
      string,
      Record<string, string>
    >;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, v]) => !/^\d+\.\d+\.\d+$/.test(v));
    expect(loose).toEqual([]);
  });

  it('leaves no address of a registry in the lock file', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "http/);
  });
});
