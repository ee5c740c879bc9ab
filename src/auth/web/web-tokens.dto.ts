import { OmitType } from '@nestjs/swagger';
import { TokensDto } from '../dto/tokens.dto.js';

/** What the doors for the web page answer: scripts never see the refresh token, which is in a cookie of its own. */
export class WebTokensDto extends OmitType(TokensDto, ['refreshToken']) {
  static from(tokens: TokensDto): WebTokensDto {
    const { accessToken, tokenType, expiresIn, refreshExpiresIn, sessionId, isNewUser, user } = tokens;
    return { accessToken, tokenType, expiresIn, refreshExpiresIn, sessionId, isNewUser, user };
  }
}
