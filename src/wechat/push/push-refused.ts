/** Why a push is not taken for WeChat's. The reason is for the log; the sender is told nothing but the error code. */
export class PushRefused extends Error {
  constructor(readonly reason: string) {
    super(`The push was refused: ${reason}`);
    this.name = 'PushRefused';
  }
}
