/** Everything the first pages say, in the two languages alike; what only those who are logged in see is in signed-in. */
export interface Texts {
  language: string;
  brand: string;
  skip: string;
  loading: string;
  retry: string;
  cancel: string;
  save: string;
  saved: string;
  copy: string;
  copied: string;
  never: string;
  requestId: string;
  wait: string;
  broken: string;
  unreachable: Record<'title' | 'text', string>;
  notFound: Record<'title' | 'back', string>;
  login: Record<'title' | 'submit' | 'to' | 'account' | 'accountMissing' | 'passwordMissing', string>;
  register: Record<'title' | 'submit' | 'to' | 'usernameHint' | 'email' | 'checking' | 'available', string>;
  fields: Record<
    | 'username'
    | 'password'
    | 'newPassword'
    | 'currentPassword'
    | 'nickname'
    | 'avatarUrl'
    | 'email'
    | 'phone'
    | 'showPassword'
    | 'hidePassword'
    | 'capsLock',
    string
  >;
  rules: Record<
    'usernameMissing' | 'username' | 'passwordMissing' | 'passwordHint' | 'email' | 'url' | 'tooLong',
    string
  >;
  problems: Record<string, string>;
}
