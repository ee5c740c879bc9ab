import type { DataSource } from 'typeorm';
import { type InspectedKey, inspectSigningKeys } from '../../auth/keys/key-inspection.js';
import type { Environment } from '../../platform/config/environment.js';
import { Database } from '../../platform/database/database.js';
import { DerivedKeys } from '../../platform/encryption/derived-keys.js';
import { Resealing } from '../../platform/encryption/resealing/resealing.js';
import { SecretBox } from '../../platform/encryption/secret-box.js';
import { createLogger } from '../../platform/observability/logger.js';
import { sealedColumns } from '../../sealed-columns.js';
import { type Finding, ok, problem, warning } from './finding.js';

const SECRET_LOST = {
  zh: '恢复原来的 APP_SECRET；找不回时删除 signing_keys 中的这一行并重启：所有人需要重新登录',
  en: 'bring the old APP_SECRET back; if it is lost, delete the row in signing_keys and restart: everybody has to log in again',
};

const KEEP_PREVIOUS = {
  zh: '在 APP_SECRET_PREVIOUS 中加上以前的 APP_SECRET',
  en: 'name the earlier APP_SECRET in APP_SECRET_PREVIOUS',
};

// Refresh tokens are not stored: nobody can count those that a previous secret has written.
const NOTHING_LEFT = {
  zh: '没有值依赖以前的 APP_SECRET；更换后超过 REFRESH_TOKEN_TTL 即可删去 APP_SECRET_PREVIOUS',
  en: 'nothing stored needs APP_SECRET_PREVIOUS; it may go once the change is longer ago than REFRESH_TOKEN_TTL',
};

/** Does the present APP_SECRET open the keys that access tokens are signed with, and everything else that is sealed? */
export async function checkKeys(dataSource: DataSource, environment: Environment): Promise<Finding[]> {
  const derived = new DerivedKeys(environment);
  const secrets = new SecretBox(derived);
  const database = new Database(dataSource);
  const resealing = new Resealing(sealedColumns, database, secrets, derived, createLogger('silent'));
  const keys = await inspectSigningKeys(database, secrets);
  return [...judgeKeys(keys), ...judgeOldSecrets(await resealing.countOld(), environment)];
}

function judgeOldSecrets(
  counts: Awaited<ReturnType<Resealing['countOld']>>,
  { APP_SECRET_PREVIOUS: previous }: Environment,
): Finding[] {
  const left = counts.reduce((sum, { values }) => sum + values, 0);
  if (!left && !previous.length) return [];
  if (!left) return [ok(NOTHING_LEFT.zh, NOTHING_LEFT.en)];
  const what = {
    zh: `还有 ${left} 个值由以前的 APP_SECRET 加密`,
    en: `${left} values are still sealed with another APP_SECRET`,
  };
  if (!previous.length) return [problem(what, KEEP_PREVIOUS)];
  return [
    warning(what, {
      zh: '服务会自动重新加密，之前请保留 APP_SECRET_PREVIOUS',
      en: 'the server seals them again by itself; keep APP_SECRET_PREVIOUS until then',
    }),
  ];
}

function judgeKeys(keys: InspectedKey[]): Finding[] {
  if (!keys.length) return [ok('还没有签名密钥，首次启动时会建立', 'no signing key yet: the first start makes it')];
  return keys.map(({ kid, state, isReadable }) => {
    const name = `${kid.slice(0, 8)}… (${state})`;
    if (isReadable) return ok(`签名密钥 ${name} 可用`, `signing key ${name} can be used`);
    const what = {
      zh: `签名密钥 ${name} 无法用现在的 APP_SECRET 解开`,
      en: `signing key ${name} is not opened by the present APP_SECRET`,
    };
    return problem(what, SECRET_LOST);
  });
}
