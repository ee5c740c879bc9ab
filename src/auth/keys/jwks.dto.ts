export class JwkDto {
  /** @example EC */
  kty: string;

  /** @example P-256 */
  crv: string;

  /** First coordinate of the public key, RFC 7518. */
  x: string;

  /** Second coordinate of the public key. */
  y: string;

  /** Names the key in a token's header. */
  kid: string;

  /** @example sig */
  use: string;

  /** @example ES256 */
  alg: string;
}

export class JwksDto {
  /** Newest first. Accept every key listed here, by its `kid`. */
  keys: JwkDto[];
}
