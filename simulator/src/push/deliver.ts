import { sendRequest, type OutgoingRequest, type Reception } from '../http/outgoing.js';

/** https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html */
export const PUSH_TIMEOUT_MS = 5000;
const RETRIES = 3;

/** How a push went, attempt by attempt. */
export interface Delivery {
  /** Whether the last attempt was answered the way WeChat wants it. */
  readonly delivered: boolean;
  readonly attempts: readonly Reception[];
  /** The last attempt, for tests that send it again. */
  readonly request: OutgoingRequest;
}

/** Sends until the server answers as it should, at most four times; each attempt is signed anew by `make`. */
export async function deliver(make: () => OutgoingRequest, timeoutMs: number): Promise<Delivery> {
  const attempts: Reception[] = [];
  for (;;) {
    const request = make();
    const reception = await sendRequest(request, timeoutMs);
    attempts.push(reception);
    const delivered = isAccepted(reception);
    if (delivered || attempts.length > RETRIES) return { delivered, attempts, request };
  }
}

/** WeChat takes "success" and nothing at all for a yes. */
function isAccepted({ status, body = '' }: Reception): boolean {
  return status === 200 && ['', 'success'].includes(body.trim());
}
