import { AppError, ErrorCode } from '../../platform/errors/app-error.js';

@ErrorCode('service_clients.invalid', 'unauthenticated', {
  zh: '服务客户端不存在或密钥错误',
  en: 'The service client is not known, or its secret is wrong',
})
export class ServiceClientInvalidError extends AppError {}

@ErrorCode('service_clients.not_found', 'not_found', { zh: '服务客户端不存在', en: 'There is no such service client' })
export class ServiceClientNotFoundError extends AppError {}

@ErrorCode('service_clients.too_many', 'conflict', {
  zh: '服务客户端数量已达上限',
  en: 'There are too many service clients',
})
export class TooManyServiceClientsError extends AppError {}

@ErrorCode('auth.unsupported_token_type', 'invalid', {
  zh: '不支持撤销这种令牌',
  en: 'Tokens of this type cannot be revoked',
})
export class UnsupportedTokenTypeError extends AppError {}
