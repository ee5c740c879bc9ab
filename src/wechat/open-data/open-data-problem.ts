/** Why open data cannot be read. */
export type OpenDataReason =
  | 'space_in_base64'
  | 'not_base64'
  | 'wrong_length'
  | 'wrong_padding'
  | 'not_utf8'
  | 'not_json'
  | 'no_watermark'
  | 'another_app'
  | 'too_old'
  | 'from_the_future'
  | 'another_user';

// One wrong key in 256 gives valid padding, and then no text.
const OF_A_WRONG_KEY: OpenDataReason[] = ['wrong_padding', 'not_utf8', 'not_json'];

/** The data cannot be used, and why. Holds nothing of the data. */
export class OpenDataProblem extends Error {
  constructor(readonly reason: OpenDataReason) {
    super(`Open data cannot be used: ${reason}`);
    this.name = 'OpenDataProblem';
  }

  /** True when the data may be right and the session_key another than the one it was encrypted with. */
  get mayBeWrongKey(): boolean {
    return OF_A_WRONG_KEY.includes(this.reason);
  }
}
