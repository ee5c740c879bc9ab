import { createAuthClient } from '@wx-login/sdk';
import { API_BASE_URL } from './config';

/** 整个小程序只有这一个客户端；页面只通过它请求服务端，从不接触令牌。One client for the whole mini-program. */
export const auth = createAuthClient({ wx, baseURL: API_BASE_URL });
