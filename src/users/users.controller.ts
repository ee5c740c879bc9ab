import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../platform/errors/api-errors.decorator.js';
import { type Caller, CurrentUser } from '../platform/identity/caller.js';
import { UserDto } from './dto/user.dto.js';
import { UserNotFoundError } from './users.errors.js';
import { UsersService } from './users.service.js';

@ApiTags('Users 用户')
@ApiBearerAuth()
@Controller({ path: 'users', version: '1' })
export class UsersController {
  constructor(private readonly users: UsersService) {}

  /** 我的资料 · Shows the caller's own account. */
  @Get('me')
  @ApiErrors(UserNotFoundError)
  async me(@CurrentUser() caller: Caller): Promise<UserDto> {
    return UserDto.from(await this.users.getUser(caller.userId));
  }
}
