/** What is to be done about an account that WeChat has named. */
export interface AccountTask {
  kind: 'account';
  openid: string;
  revoked: number[];
}

/** What a cancellation leaves to be done later: its user, whom nothing lets in any more. */
export interface UserTask {
  kind: 'user';
  userId: string;
}

/** What a push event's payload holds. */
export type PushTask = AccountTask | UserTask;
