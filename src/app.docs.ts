import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, type OperationObject, SwaggerModule } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { AccessTokenExpiredError, AccessTokenInvalidError, AccessTokenMissingError } from './auth/auth.errors.js';
import { documentErrors } from './platform/errors/api-errors.decorator.js';
import { ProblemDetails } from './platform/errors/problem-details.dto.js';
import {
  InternalError,
  RateLimitedError,
  RequestInvalidError,
  RequestTooLargeError,
  ServiceUnavailableError,
  UnsupportedMediaTypeError,
} from './platform/errors/request.errors.js';
import { SessionEndedError } from './sessions/sessions.errors.js';

const DESCRIPTION = `微信小程序登录与账号服务。先用 \`POST /api/v1/auth/wechat\`（或注册、密码登录）取得令牌，再点右上角 **Authorize** 填入 accessToken。
出错时一律返回 \`application/problem+json\`，程序应按 \`code\` 处理，见 docs/errors.md。

Login and account service for WeChat mini-programs. Get tokens from \`POST /api/v1/auth/wechat\` (or by password), then put
the accessToken into **Authorize**. Every error is \`application/problem+json\`; react to its \`code\`.`;

/** Describes the whole API from its controllers and DTOs. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('wx-login')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addBasicAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemDetails],
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}.${method}`,
  });
  for (const [path, operations] of Object.entries(document.paths))
    for (const operation of Object.values(operations) as OperationObject[]) complete(operation, path);
  return document;
}

// What the guard, the parsers and the pipes can answer at any door, which no controller has to repeat.
function complete(operation: OperationObject, path: string): void {
  const { security, requestBody, parameters, responses } = operation;
  const isForServices = security?.some((scheme) => 'basic' in scheme); // errors as OAuth has them
  if (path.startsWith('/api/') && !isForServices)
    documentErrors(operation, [RateLimitedError, ServiceUnavailableError, InternalError]);
  if (security && !isForServices) documentErrors(operation, CALLER_ERRORS);
  if (requestBody && !isForServices) documentErrors(operation, BODY_ERRORS);
  else if (parameters?.some((parameter) => 'in' in parameter && parameter.in === 'query'))
    documentErrors(operation, [RequestInvalidError]);
  for (const [status, response] of Object.entries(responses))
    if (response && 'description' in response) response.description ||= STATUS_CODES[status] ?? status;
}

const CALLER_ERRORS = [AccessTokenMissingError, AccessTokenInvalidError, AccessTokenExpiredError, SessionEndedError];
const BODY_ERRORS = [RequestInvalidError, RequestTooLargeError, UnsupportedMediaTypeError];

/** Serves Swagger UI at /docs; the document is made when somebody first asks for it. */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'docs-json',
    customSiteTitle: 'wx-login API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, tagsSorter: 'alpha' },
  });
}
