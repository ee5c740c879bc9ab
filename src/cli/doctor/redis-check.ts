import { Redis as Client } from 'ioredis';
import type { Environment } from '../../platform/config/environment.js';
import { type Finding, ok, problem, warning } from './finding.js';

const DEADLINE_MS = 3_000;

/** Does Redis answer, and will it keep what is counted in it? */
export async function checkRedis({ REDIS_URL: url }: Environment): Promise<Finding[]> {
  if (!url) return [ok('没有配置 Redis，改用数据库', 'no Redis is configured: the database does its work')];
  const client = new Client(url, { lazyConnect: true, retryStrategy: null, connectTimeout: DEADLINE_MS });
  let last: Error | undefined;
  client.on('error', (error: Error) => (last = error));
  try {
    await client.connect();
    return judge(await client.info());
  } catch (error) {
    return [away(last ?? (error as Error), new URL(url).host)];
  } finally {
    if (client.status !== 'end') client.disconnect(); // it would wait for a connection that is closed
  }
}

function judge(info: string): Finding[] {
  const value = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '?';
  const policy = value('maxmemory_policy');
  const found = ok(`Redis ${value('redis_version')}`, `Redis ${value('redis_version')}`);
  if (!policy.startsWith('allkeys-')) return [found];
  const what = {
    zh: `Redis 内存不足时会丢弃任意数据（${policy}）`,
    en: `Redis drops any key when it is full (${policy})`,
  };
  return [
    found,
    warning(what, {
      zh: 'CONFIG SET maxmemory-policy noeviction，否则限流计数可能丢失',
      en: 'CONFIG SET maxmemory-policy noeviction, or counted attempts may get lost',
    }),
  ];
}

function away({ message, ...error }: Error & { code?: string }, host: string): Finding {
  const isRefused = /NOAUTH|WRONGPASS|NOPERM/.test(message);
  const reason = isRefused ? message.split(' ')[0] : (error.code ?? 'no answer');
  const what = { zh: `无法使用 Redis ${host}（${reason}）`, en: `Redis at ${host} cannot be used (${reason})` };
  if (isRefused) return problem(what, { zh: '检查 REDIS_URL 中的密码', en: 'check the password in REDIS_URL' });
  return problem(what, {
    zh: '检查 REDIS_URL 与 Redis 是否启动；期间服务仍可用，限流更严',
    en: 'look at REDIS_URL and whether Redis runs; meanwhile the server goes on with stricter limits',
  });
}
