import { Module } from '@nestjs/common';
import { PasswordAccounts } from './password-accounts.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { PasswordPolicy } from './passwords/password-policy.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';
import { WechatAccounts } from './wechat-accounts.js';

/** Who are they? Users, their WeChat accounts and their passwords. */
@Module({
  controllers: [UsersController],
  providers: [UsersService, PasswordAccounts, WechatAccounts, PasswordHasher, PasswordPolicy],
  exports: [UsersService],
})
export class UsersModule {}
