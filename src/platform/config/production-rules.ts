import { APP_SECRET_MIN_BYTES, isWeakSecret } from './app-secret.js';
import { type Environment, SIMULATOR_APP } from './environment.js';

const BCRYPT_COST_MIN = 10; // OWASP Password Storage Cheat Sheet

/** What must not be true of a production server, each as a sentence that names the variable and the fix. */
export function problemsWith(environment: Environment): string[] {
  const problems: string[] = [];
  if (!environment.APP_SECRET) problems.push('APP_SECRET: required in production (openssl rand -base64 48)');
  else if (isWeakSecret(environment.APP_SECRET))
    problems.push(`APP_SECRET: weak, an example, or under ${APP_SECRET_MIN_BYTES} bytes (openssl rand -base64 48)`);
  if (environment.APP_SECRET_PREVIOUS.some(isWeakSecret))
    problems.push('APP_SECRET_PREVIOUS: one of them is weak or an example');
  if (environment.BCRYPT_COST < BCRYPT_COST_MIN)
    problems.push(`BCRYPT_COST: at least ${BCRYPT_COST_MIN} in production`);
  return [...problems, ...wechatProblems(environment)];
}

function wechatProblems(environment: Environment): string[] {
  const { WECHAT_APPS: apps, WECHAT_API_BASE_URL: baseUrl, WECHAT_API_FALLBACK_URL: fallbackUrl } = environment;
  const problems: string[] = [];
  if (!apps.length) problems.push('WECHAT_APPS: required in production (or WECHAT_APP_ID and WECHAT_APP_SECRET)');
  if (apps.some((app) => app.id === SIMULATOR_APP.id))
    problems.push("WECHAT_APPS: the simulator's app is not for production");
  if (apps.some((app) => new Set(app.secret).size < 5))
    problems.push('WECHAT_APPS: an AppSecret is an example, not a real one');
  if (!baseUrl.startsWith('https://'))
    problems.push('WECHAT_API_BASE_URL: must be https in production, not a simulator');
  if (fallbackUrl && !fallbackUrl.startsWith('https://'))
    problems.push('WECHAT_API_FALLBACK_URL: must be https in production');
  return problems;
}
