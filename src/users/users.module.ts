import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UserErasure } from './erasure/user-erasure.js';
import { PasswordAccounts } from './password-accounts.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { PasswordPolicy } from './passwords/password-policy.js';
import { User } from './user.entity.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';
import { WechatAccounts } from './wechat-accounts.js';

/** Who are they? Users, their WeChat accounts and their passwords. */
@Module({
  imports: [TypeOrmModule.forFeature([User])],
  controllers: [UsersController],
  providers: [UsersService, PasswordAccounts, WechatAccounts, PasswordHasher, PasswordPolicy, UserErasure],
  exports: [UsersService, UserErasure],
})
export class UsersModule {}
