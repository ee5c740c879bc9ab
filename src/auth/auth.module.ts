import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ENVIRONMENT, type Environment } from '../platform/config/environment.js';
import { RateLimitGuard } from '../platform/rate-limit/rate-limit.guard.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { WechatModule } from '../wechat/wechat.module.js';
import { AccessTokenGuard } from './access-token/access-token.guard.js';
import { AccessTokenStrategy } from './access-token/access-token.strategy.js';
import { AccessTokenReader } from './access-token/access-token-reader.js';
import { AccessTokens } from './access-token/access-tokens.js';
import { VerifiedTokens } from './access-token/verified-tokens.js';
import { AuthConfig } from './auth.config.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { JwksController } from './keys/jwks.controller.js';
import { SigningKey } from './keys/signing-key.entity.js';
import { KeyChanges } from './keys/key-changes.js';
import { KeyKeeper } from './keys/key-keeper.js';
import { KeyRotation } from './keys/key-rotation.js';
import { KeySchedule } from './keys/key-schedule.js';
import { SigningKeyStore } from './keys/signing-key-store.js';
import { SigningKeys } from './keys/signing-keys.js';
import { IntrospectionController } from './introspection/introspection.controller.js';
import { TokenInspection } from './introspection/token-inspection.js';
import { LoginOnce } from './login/login-once.js';
import { PasswordLogin } from './login/password-login.js';
import { WechatIdentities } from './login/wechat-identities.js';
import { RegistrationRisk } from './login/registration-risk.js';
import { WechatLogin } from './login/wechat-login.js';
import { OneDoorController } from './one-door/one-door.controller.js';
import { OneDoorService } from './one-door/one-door.service.js';
import { RefreshCookie } from './web/refresh-cookie.js';
import { WebAuth } from './web/web-auth.js';
import { WebAuthController } from './web/web-auth.controller.js';
import { ServiceClientsModule } from './service-clients/service-clients.module.js';
import { WechatEventsModule } from './wechat-events/wechat-events.module.js';

/** Who is calling? The ways to log in, the access tokens, and the guard of every route. */
@Module({
  imports: [
    ...[WechatModule, UsersModule, SessionsModule, WechatEventsModule, ServiceClientsModule],
    ...[PassportModule, JwtModule.register({}), TypeOrmModule.forFeature([SigningKey])],
  ],
  controllers: [AuthController, OneDoorController, WebAuthController, JwksController, IntrospectionController],
  providers: [
    {
      provide: AuthConfig,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => new AuthConfig(environment),
    },
    ...[AuthService, OneDoorService, PasswordLogin, WebAuth, RefreshCookie],
    ...[WechatLogin, WechatIdentities, LoginOnce, RegistrationRisk],
    ...[AccessTokens, AccessTokenStrategy, AccessTokenReader, VerifiedTokens, TokenInspection],
    ...[SigningKeys, SigningKeyStore, KeySchedule, KeyChanges, KeyRotation, KeyKeeper],
    { provide: APP_GUARD, useClass: AccessTokenGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard }, // behind it: callers are counted by user
  ],
  exports: [KeyRotation, WechatIdentities],
})
export class AuthModule {}
