/** What only admins get to read. */
export interface AdminTexts {
  admin: {
    all: string;
    none: string;
    more: string;
    clear: string;
    users: Record<
      | 'title'
      | 'search'
      | 'searchHint'
      | 'role'
      | 'state'
      | 'normal'
      | 'banned'
      | 'user'
      | 'created'
      | 'table'
      | 'total'
      | 'empty',
      string
    >;
    user: Record<
      | 'title'
      | 'back'
      | 'hasPassword'
      | 'yes'
      | 'no'
      | 'wechat'
      | 'boundSince'
      | 'lastSeen'
      | 'bannedUntil'
      | 'forever'
      | 'reason'
      | 'ban'
      | 'unban'
      | 'unbanQuestion'
      | 'makeAdmin'
      | 'makeUser'
      | 'roleQuestion'
      | 'roleText'
      | 'unlock'
      | 'unlockQuestion'
      | 'unlockText'
      | 'done'
      | 'own'
      | 'events'
      | 'sessions'
      | 'noSessions'
      | 'endAll'
      | 'endAllQuestion',
      string
    >;
    ban: Record<
      | 'title'
      | 'reason'
      | 'reasonHint'
      | 'reasonMissing'
      | 'days'
      | 'forever'
      | 'custom'
      | 'length'
      | 'until'
      | 'untilMissing'
      | 'submit'
      | 'text',
      string
    >;
    audit: Record<
      | 'title'
      | 'lead'
      | 'table'
      | 'time'
      | 'type'
      | 'outcome'
      | 'ok'
      | 'refused'
      | 'user'
      | 'actor'
      | 'address'
      | 'detail'
      | 'from'
      | 'to'
      | 'userId'
      | 'empty',
      string
    >;
    wechat: Record<
      | 'title'
      | 'lead'
      | 'closed'
      | 'half_open'
      | 'open'
      | 'token'
      | 'noToken'
      | 'table'
      | 'endpoint'
      | 'calls'
      | 'errors'
      | 'quota'
      | 'notAsked'
      | 'askQuota'
      | 'noCalls'
      | 'left',
      string
    >;
  };
}
