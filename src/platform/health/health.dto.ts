export class PongDto {
  /** @example pong */
  message: string;
}

export class HealthDto {
  /** @example ok */
  status: string;
}
