import type { DataSource } from 'typeorm';
import type { Environment } from '../../platform/config/environment.js';
import { Database } from '../../platform/database/database.js';
import { DerivedKeys } from '../../platform/encryption/derived-keys.js';
import { countOldSecrets } from '../../platform/encryption/resealing/old-secrets.js';
import { SecretBox } from '../../platform/encryption/secret-box.js';
import { sealedColumns } from '../../sealed-columns.js';
import { type Finding, ok, problem, warning } from './finding.js';

const WAIT = {
  zh: '等待服务端在后台重新加密（启动十分钟后开始），之后再检查；步骤见 docs/operations.md',
  en: 'wait until the server has sealed them again (from ten minutes after its start) and look again; docs/operations.md',
};
const BRING_BACK = {
  zh: '把加密它们的密钥放进 APP_SECRET_PREVIOUS；步骤见 docs/operations.md',
  en: 'put the secret that sealed them into APP_SECRET_PREVIOUS; docs/operations.md has the steps',
};

/** How much still depends on a previous APP_SECRET? */
export async function checkSecrets(dataSource: DataSource, environment: Environment): Promise<Finding[]> {
  const { prefix } = new SecretBox(new DerivedKeys(environment));
  const old = await countOldSecrets(new Database(dataSource), prefix, sealedColumns);
  const found = old
    .filter(({ values }) => values > 0)
    .map(({ table, column, values }) => `${table}.${column} ${values}`);
  if (!found.length) return [ok('没有值依赖旧的 APP_SECRET', 'nothing stored depends on a previous APP_SECRET')];
  const what = {
    zh: `还有值是用别的 APP_SECRET 加密的：${found.join('、')}`,
    en: `values that another APP_SECRET has sealed: ${found.join(', ')}`,
  };
  return [environment.APP_SECRET_PREVIOUS.length ? warning(what, WAIT) : problem(what, BRING_BACK)];
}
