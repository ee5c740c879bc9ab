import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ProblemDetails } from './platform/errors/problem-details.dto.js';

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
    .build();
  return SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemDetails],
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}.${method}`,
  });
}

/** Serves Swagger UI at /docs; the document is made when somebody first asks for it. */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'docs-json',
    customSiteTitle: 'wx-login API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, tagsSorter: 'alpha' },
  });
}
