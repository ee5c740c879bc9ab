/** What only those who are logged in get to read. */
export interface SignedInTexts {
  nav: Record<'label' | 'devices' | 'account' | 'users' | 'audit' | 'wechat' | 'logout', string>;
  devices: Record<
    | 'title'
    | 'lead'
    | 'current'
    | 'unknown'
    | 'end'
    | 'endQuestion'
    | 'endText'
    | 'endOthers'
    | 'endOthersQuestion'
    | 'ended'
    | 'othersEnded'
    | 'lastSeen'
    | 'since'
    | 'none',
    string
  >;
  methods: Record<string, string>;
  account: Record<
    | 'title'
    | 'profile'
    | 'password'
    | 'passwordText'
    | 'passwordChanged'
    | 'change'
    | 'export'
    | 'exportText'
    | 'exportButton'
    | 'erase'
    | 'eraseText'
    | 'eraseButton'
    | 'eraseQuestion'
    | 'eraseConfirm'
    | 'erasePassword'
    | 'memberSince'
    | 'id'
    | 'role',
    string
  >;
  roles: Record<'user' | 'admin', string>;
  reauthenticate: Record<'title' | 'text' | 'confirm', string>;
}
