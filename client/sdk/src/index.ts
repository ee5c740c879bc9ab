export type { AuthClient, LoginResult, ReadyState } from './auth-client.js';
export { createAuthClient } from './create-auth-client.js';
export type { AuthClientOptions, RequestOptions } from './client-options.js';
export { AuthError, type ClientErrorCode, type ErrorCode, type FieldError, type Locale } from './errors/auth-error.js';
export type { ServerErrorCode, ServerErrors } from './errors/server-errors.js';
export type { Device, User } from './http/answers.js';
export type { AuthChange, AuthChangeReason } from './session/auth-change.js';
export type { PhoneNumberEvent } from './wx/phone-button.js';
export type { HttpMethod, WxLike } from './wx/wx-like.js';
