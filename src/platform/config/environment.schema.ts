import { z } from 'zod';
import { APP_SECRET_MIN_BYTES } from './app-secret.js';
import { isNetwork, isPlainNetwork } from './network.js';
import { wechatApp, wechatApps } from './wechat-app.schema.js';

const seconds = (byDefault: number) => z.coerce.number().int().positive().default(byDefault);
const port = (byDefault: number) => z.coerce.number().int().min(0).max(65535).default(byDefault);
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((item) => item.trim() || []));

const isLongEnough = (secret: string) => Buffer.byteLength(secret) >= APP_SECRET_MIN_BYTES;
const jsonArray = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JSON array' });
    return z.NEVER;
  }
});

/** Every environment variable the server reads. `.env.example` lists the same names; a test holds the two equal. */
export const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port(3000),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  TRUSTED_PROXIES: list.refine((items) => items.every(isNetwork), 'addresses or networks, separated by commas'),

  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z.url({ protocol: /^mysql$/, hostname: /./ }).optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  REDIS_URL: z.url({ protocol: /^rediss?$/, hostname: /./ }).optional(),
  APP_SECRET: z.string().refine(isLongEnough, `at least ${APP_SECRET_MIN_BYTES} bytes`).optional(),
  APP_SECRET_PREVIOUS: list.refine((items) => items.every(isLongEnough), `each at least ${APP_SECRET_MIN_BYTES} bytes`),

  WECHAT_APPS: jsonArray.pipe(wechatApps).optional(),
  WECHAT_APP_ID: wechatApp.shape.id.optional(),
  WECHAT_APP_SECRET: wechatApp.shape.secret.optional(),
  WECHAT_API_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  WECHAT_API_FALLBACK_URL: z.url({ protocol: /^https?$/ }).optional(),
  WECHAT_LOGIN_TIMEOUT_MS: z.coerce.number().int().min(500).max(30_000).default(2_000),
  WECHAT_PHONE_DAILY_WARNING: z.coerce.number().int().positive().default(1000),

  TOKEN_ISSUER: z.string().min(1).default('wx-login'),
  TOKEN_AUDIENCE: z.string().min(1).default('mini-program'),
  ACCESS_TOKEN_TTL: seconds(15 * 60),
  REFRESH_TOKEN_TTL: seconds(7 * 24 * 3600),
  SESSION_MAX_TTL: seconds(30 * 24 * 3600),
  MAX_SESSIONS_PER_USER: z.coerce.number().int().min(1).max(500).default(20),
  MAX_SESSIONS_PER_PLATFORM: z.coerce.number().int().min(1).max(500).optional(),
  SESSION_HISTORY_DAYS: z.coerce.number().int().min(1).max(36_500).default(30),
  RECENT_LOGIN_SECONDS: seconds(15 * 60),
  REVOCATION_POLL_MS: z.coerce.number().int().min(50).max(60_000).default(500),
  REVOCATION_STALE_MS: z.coerce.number().int().min(100).max(600_000).default(3_000),
  SIGNING_KEY_MAX_AGE_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),

  BCRYPT_COST: z.coerce.number().int().min(4).max(16).default(12),
  PASSWORD_MIN_LENGTH: z.coerce.number().int().min(8).max(64).default(8),
  AUDIT_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(200),
  WEBHOOK_ALLOWED_NETWORKS: list.refine((items) => items.every(isPlainNetwork), 'addresses or networks, by commas'),
  WEBHOOK_TIMEOUT_MS: z.coerce.number().int().min(100).max(30_000).default(10_000),
  WEBHOOK_POLL_MS: z.coerce.number().int().min(50).max(600_000).default(1_000),
  WEB_DIR: z.string().default('web/dist'),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().positive().default(600),
});

export type EnvironmentVariables = z.infer<typeof environmentSchema>;
