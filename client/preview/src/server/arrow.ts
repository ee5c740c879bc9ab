/** Who takes part in the picture; `thief` only when a token is stolen. */
export type Lane = 'user' | 'phone' | 'server' | 'wechat' | 'thief';

/** One thing that truly happened, as the page draws it. Secrets are masked before it gets here. */
export interface Arrow {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly from: Lane;
  readonly to: Lane;
  /** `lost` was sent and never arrived. */
  readonly kind: 'request' | 'answer' | 'lost';
  /** What was asked: `wx.login`, `POST /api/v1/auth/wechat`, `GET /sns/jscode2session` … */
  readonly about: string;
  /** HTTP status or WeChat's errcode of an answer; null where none came. */
  readonly status?: number | null;
  /** The stable code of an error. */
  readonly code?: string;
  readonly details: Record<string, unknown>;
}

export type ArrowDraft = Omit<Arrow, 'id' | 'at'>;
