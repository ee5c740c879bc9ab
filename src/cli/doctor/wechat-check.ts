import type { Environment } from '../../platform/config/environment.js';
import type { Localized } from '../../platform/errors/app-error.js';
import { CredentialTrial, type CredentialVerdict } from '../../wechat/status/credential-trial.js';
import { WechatConfig } from '../../wechat/wechat.config.js';
import { compareClocks } from './clock-check.js';
import { type Finding, ok, problem, warning } from './finding.js';

const BUSY = [-1, 45009, 45011]; // WeChat is overloaded, or asked too often: nothing to mend here
const WHITELIST = 40164;

/** Does WeChat take the AppID and AppSecret of every mini-program, and does its clock agree with ours? */
export async function checkWechat(environment: Environment): Promise<Finding[]> {
  const config = new WechatConfig(environment);
  const trial = new CredentialTrial(config);
  const findings: Finding[] = [];
  let clock: Finding | undefined;
  for (const appId of config.appIds) {
    const before = Date.now();
    const verdict = await trial.run(config.getApp(appId));
    findings.push(judge(appId, verdict, environment));
    const whose = { zh: '微信', en: 'WeChat' };
    if (verdict.date) clock ??= compareClocks({ whose, time: verdict.date, before, after: Date.now() });
  }
  return clock ? [...findings, clock] : findings;
}

function judge(appId: string, verdict: CredentialVerdict, { WECHAT_API_BASE_URL: url, isProduction }: Environment) {
  const { outcome, reason } = verdict;
  if (outcome === 'accepted') return ok(`微信接受小程序 ${appId} 的凭证`, `WeChat takes the credentials of ${appId}`);
  if (outcome === 'refused') return refusal(appId, verdict);
  const host = new URL(url).host;
  if (outcome === 'odd') {
    const what = {
      zh: `${host} 的答复不像微信（${reason}）`,
      en: `${host} does not answer as WeChat does (${reason})`,
    };
    return problem(what, { zh: '检查 WECHAT_API_BASE_URL 与出口代理', en: 'look at WECHAT_API_BASE_URL and proxies' });
  }
  const what = { zh: `无法连接 ${host}（${reason}）`, en: `${host} cannot be reached (${reason})` };
  const isSimulator = !isProduction && url.startsWith('http://');
  return isSimulator
    ? warning(what, { zh: 'npm start 会同时启动模拟器', en: 'npm start starts the simulator too' })
    : problem(what, { zh: '检查 DNS、防火墙与出口网络', en: 'look at DNS, firewalls and the way out' });
}

function refusal(appId: string, { errcode = 0, rid, serverAddress, advice }: CredentialVerdict): Finding {
  const trace = rid ? `, rid ${rid}` : '';
  const what = {
    zh: `微信拒绝小程序 ${appId} 的凭证（${errcode}${trace}）`,
    en: `WeChat refuses the credentials of ${appId} (${errcode}${trace})`,
  };
  if (BUSY.includes(errcode)) return warning(what, { zh: '过一会儿再试', en: 'try again in a while' });
  return problem(what, errcode === WHITELIST ? whitelist(serverAddress) : (advice ?? LOOK_UP));
}

const LOOK_UP = {
  zh: '在微信文档的“全局返回码”中查找此错误码',
  en: 'look the errcode up in WeChat’s documentation',
};

function whitelist(serverAddress = '本机的出口 IP'): Localized {
  return {
    zh: `公众平台 → 开发管理 → IP 白名单，加入 ${serverAddress}`,
    en: `WeChat console → development → IP whitelist: add ${serverAddress}`,
  };
}
