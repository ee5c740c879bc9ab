import { Body, Controller, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../platform/errors/api-errors.decorator.js';
import { RequestInvalidError } from '../../platform/errors/request.errors.js';
import { type Caller, CurrentUser } from '../../platform/identity/caller.js';
import { type Client, CurrentClient } from '../../platform/identity/client.js';
import { ReauthenticationRequiredError } from '../../sessions/sessions.errors.js';
import { UserDto } from '../../users/dto/user.dto.js';
import { EmailTakenError, LastCredentialError, UserNotFoundError } from '../../users/users.errors.js';
import { ChangeProfileDto } from './dto/profile.dto.js';
import { ProfileChange } from './profile-change.js';

@ApiTags('Users 用户')
@ApiBearerAuth()
@Controller({ path: 'users/me', version: '1' })
export class ProfileController {
  constructor(private readonly profiles: ProfileChange) {}

  /** 修改资料 · Changes nickname, avatar and e-mail address; what is left out stays, null removes. */
  @Put()
  @ApiErrors(
    ...[RequestInvalidError, UserNotFoundError, EmailTakenError],
    ...[LastCredentialError, ReauthenticationRequiredError],
  )
  async change(
    @CurrentUser() caller: Caller,
    @Body() changes: ChangeProfileDto,
    @CurrentClient() client: Client,
  ): Promise<UserDto> {
    return UserDto.from(await this.profiles.change(caller, changes, client));
  }
}
