import { IsOptional, IsString, MaxLength } from 'class-validator';

/** What WeChat signs a push with. Which of the signatures counts is a matter of configuration. */
export class PushQueryDto {
  /** sha1 of token, timestamp and nonce. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  signature?: string;

  /** sha1 of token, timestamp, nonce and Encrypt, in encrypted mode. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  msg_signature?: string;

  /** Seconds since 1970. */
  @IsOptional()
  @IsString()
  @MaxLength(16)
  timestamp?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  nonce?: string;

  /** What the check of the address wants back. */
  @IsOptional()
  @IsString()
  @MaxLength(256)
  echostr?: string;
}
