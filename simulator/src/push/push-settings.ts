/** What an app's owner sets in WeChat's console under 消息推送. */
export interface PushSettings {
  /** Where the server takes pushes. */
  readonly url: string;
  /** 3 to 32 letters and digits. */
  readonly token: string;
  /** 43 letters and digits; needed by every mode but `plain`. */
  readonly encodingAesKey?: string;
  /** 明文 `plain`, 兼容 `compatible` or 安全 `encrypted`; the default is `encrypted` with an encodingAesKey and `plain` without. */
  readonly mode?: PushMode;
  /** `json` by default. */
  readonly format?: PushFormat;
}

const KNOWN = ['url', 'token', 'encodingAesKey', 'mode', 'format'];

export const PUSH_MODES = ['plain', 'compatible', 'encrypted'] as const;
export const PUSH_FORMATS = ['json', 'xml'] as const;

export type PushMode = (typeof PUSH_MODES)[number];
export type PushFormat = (typeof PUSH_FORMATS)[number];

/** The same with every default filled in. */
export type CompletePushSettings = PushSettings & Required<Pick<PushSettings, 'mode' | 'format'>>;

/** Fills the defaults in, and throws with what is wrong, in words that repeat no secret. */
export function checkPushSettings(settings: PushSettings): CompletePushSettings {
  const { url, token, encodingAesKey, mode = encodingAesKey ? 'encrypted' : 'plain', format = 'json' } = settings;
  const unknown = Object.keys(settings).find((name) => !KNOWN.includes(name));
  if (unknown) throw new Error(`push.${unknown} is unknown; known are ${KNOWN.join(', ')}`);
  if (!isWebUrl(url)) throw new Error('push.url must be an http or https URL');
  if (!/^[A-Za-z0-9]{3,32}$/.test(token)) throw new Error('push.token must be 3 to 32 letters and digits');
  if (!PUSH_MODES.includes(mode)) throw new Error(`push.mode must be one of ${PUSH_MODES.join(', ')}`);
  if (!PUSH_FORMATS.includes(format)) throw new Error(`push.format must be one of ${PUSH_FORMATS.join(', ')}`);
  if ((mode !== 'plain' || encodingAesKey) && !/^[A-Za-z0-9]{43}$/.test(encodingAesKey ?? '')) {
    throw new Error('push.encodingAesKey must be 43 letters and digits');
  }
  return { url, token, mode, format, ...(encodingAesKey && { encodingAesKey }) };
}

/** Says whether something can be pushed to the URL. */
export function isWebUrl(url: unknown): url is string {
  return typeof url === 'string' && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
