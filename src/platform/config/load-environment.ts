import { keptAppSecret } from './app-secret.js';
import { type Environment, SIMULATOR_APP } from './environment.js';
import { type EnvironmentVariables, environmentSchema } from './environment.schema.js';
import { problemsWith } from './production-rules.js';

const SIMULATOR_URL = 'http://127.0.0.1:3001';
const WECHAT_URL = 'https://api.weixin.qq.com';

/** Wrong configuration: the message lists every wrong variable by name, never by value. */
export class ConfigurationError extends Error {
  constructor(readonly problems: string[]) {
    super(`配置有误 / Configuration problems:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

/**
 * Reads and checks the environment once, at start.
 * @throws ConfigurationError naming every variable that is wrong
 */
export function loadEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const environment = readEnvironment(variables);
  const problems = environment.isProduction ? problemsWith(environment) : [];
  if (problems.length) throw new ConfigurationError(problems);
  return environment;
}

/**
 * Reads the environment without the rules of production.
 * @throws ConfigurationError naming every variable that cannot be read
 */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  return complete(parse(withoutEmpty(variables)));
}

function parse(variables: NodeJS.ProcessEnv): EnvironmentVariables {
  const result = environmentSchema.safeParse(variables);
  if (result.success) return result.data;
  throw new ConfigurationError(result.error.issues.map((issue) => `${issue.path.join('.')}: ${withoutValue(issue)}`));
}

// Some of zod's messages quote what was received; only the rule may be shown.
function withoutValue(issue: { message: string; code?: string }): string {
  return issue.message.replace(/,? received .*/i, '');
}

// `PORT=` in a compose file means "not set".
function withoutEmpty(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
}

function complete(variables: EnvironmentVariables): Environment {
  const { WECHAT_APP_ID: id, WECHAT_APP_SECRET: secret, ...rest } = variables;
  if (Boolean(id) !== Boolean(secret))
    throw new ConfigurationError(['WECHAT_APP_ID and WECHAT_APP_SECRET go together']);
  const isProduction = rest.NODE_ENV === 'production';
  const configured = rest.WECHAT_APPS ?? (id && secret ? [{ id, secret }] : undefined);
  const simulated = !configured && !isProduction;
  return {
    ...rest,
    isProduction,
    APP_SECRET: rest.APP_SECRET ?? (isProduction ? '' : keptAppSecret(rest.DATA_DIR)),
    WECHAT_APPS: configured ?? (simulated ? [SIMULATOR_APP] : []),
    WECHAT_API_BASE_URL: rest.WECHAT_API_BASE_URL ?? (simulated ? SIMULATOR_URL : WECHAT_URL),
  };
}
