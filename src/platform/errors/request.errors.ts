import { AppError, ErrorCode } from './app-error.js';

@ErrorCode('request.invalid', 'invalid', { zh: '请求参数有误', en: 'The request is not valid' })
export class RequestInvalidError extends AppError {}

@ErrorCode('request.too_large', 'invalid', { zh: '请求内容过大', en: 'The request body is too large', httpStatus: 413 })
export class RequestTooLargeError extends AppError {}

@ErrorCode('request.unsupported_media_type', 'invalid', {
  zh: '请求内容须为 JSON',
  en: 'The request body must be JSON',
  httpStatus: 415,
})
export class UnsupportedMediaTypeError extends AppError {}

@ErrorCode('request.not_found', 'not_found', { zh: '请求的地址不存在', en: 'There is nothing at this address' })
export class RouteNotFoundError extends AppError {}

@ErrorCode('request.method_not_allowed', 'not_found', {
  zh: '该地址不支持此请求方法',
  en: 'This address does not support the request method',
  httpStatus: 405,
})
export class MethodNotAllowedError extends AppError {}

@ErrorCode('request.rate_limited', 'rate_limited', {
  zh: '请求过于频繁，请稍后再试',
  en: 'Too many requests, please try again later',
})
export class RateLimitedError extends AppError {}

@ErrorCode('service.unavailable', 'unavailable', {
  zh: '服务繁忙，请稍后再试',
  en: 'The service is busy, please try again later',
})
export class ServiceUnavailableError extends AppError {}

@ErrorCode('internal', 'internal', { zh: '服务器内部错误', en: 'Something went wrong on our side' })
export class InternalError extends AppError {}
