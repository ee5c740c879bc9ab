import { isBanned, readUser, type UserSummary, type UserRow } from './user-summary.js';

const NOW = new Date('2026-03-01T08:00:00.000Z');

const row = (fields: Partial<UserRow> = {}): UserRow => ({
  user_id: 7,
  user_username: 'Alice01',
  user_nickname: null,
  user_avatar_url: null,
  user_email: null,
  user_phone_masked: null,
  user_role: 'user',
  user_created_at: NOW,
  user_banned_until: null,
  user_ban_reason: null,
  ...fields,
});

describe('isBanned', () => {
  const bannedUntil = (date: Date | null) => ({ bannedUntil: date }) as UserSummary;

  it('is false for someone who never was', () => {
    expect(isBanned(bannedUntil(null), NOW)).toBe(false);
  });

  it('is true until the ban is over, and false from then on', () => {
    expect(isBanned(bannedUntil(new Date(NOW.getTime() + 1)), NOW)).toBe(true);
    expect(isBanned(bannedUntil(NOW), NOW)).toBe(false);
  });
});

describe('readUser', () => {
  it('gives the id as a text, also one too large for a number', () => {
    expect(readUser(row()).id).toBe('7');
    expect(readUser(row({ user_id: '18446744073709551615' })).id).toBe('18446744073709551615');
  });

  it('reads the times of both databases as UTC', () => {
    const fromMysql = readUser(row({ user_banned_until: NOW }));
    const fromSqlite = readUser(
      row({ user_created_at: '2026-03-01 08:00:00.000', user_banned_until: '2026-03-01 08:00:00.000' }),
    );

    expect([fromMysql.createdAt, fromMysql.bannedUntil]).toEqual([NOW, NOW]);
    expect([fromSqlite.createdAt, fromSqlite.bannedUntil]).toEqual([NOW, NOW]);
  });
});
