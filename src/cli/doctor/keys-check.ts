import type { DataSource } from 'typeorm';
import { inspectSigningKeys } from '../../auth/keys/key-inspection.js';
import type { Environment } from '../../platform/config/environment.js';
import { Database } from '../../platform/database/database.js';
import { DerivedKeys } from '../../platform/encryption/derived-keys.js';
import { SecretBox } from '../../platform/encryption/secret-box.js';
import { type Finding, ok, problem } from './finding.js';

const SECRET_LOST = {
  zh: '恢复原来的 APP_SECRET；找不回时删除 signing_keys 中的这一行并重启：所有人需要重新登录',
  en: 'bring the old APP_SECRET back; if it is lost, delete the row in signing_keys and restart: everybody has to log in again',
};

/** Does the present APP_SECRET open the keys that access tokens are signed with? */
export async function checkKeys(dataSource: DataSource, environment: Environment): Promise<Finding[]> {
  const secrets = new SecretBox(new DerivedKeys(environment));
  const keys = await inspectSigningKeys(new Database(dataSource), secrets);
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
