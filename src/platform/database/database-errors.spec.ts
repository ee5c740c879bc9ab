import {
  DatabaseBusyError,
  duplicateKeyOf,
  isDatabaseUnavailable,
  isDuplicateKey,
  isLockConflict,
} from './database-errors.js';

const driverError = (fields: object, message = '') => Object.assign(new Error(message), fields);
const throughTypeOrm = (fields: object, message = '') =>
  driverError({ driverError: driverError(fields, message) }, message);

const MYSQL_DUPLICATE = throughTypeOrm(
  { code: 'ER_DUP_ENTRY', errno: 1062, sqlState: '23000' },
  "Duplicate entry 'alice@example.com' for key 'users.uq_users_email'",
);
const SQLITE_DUPLICATE = throughTypeOrm(
  { code: 'SQLITE_CONSTRAINT_UNIQUE' },
  'UNIQUE constraint failed: wechat_accounts.app_id, wechat_accounts.openid',
);

describe('a duplicate key', () => {
  it('is known on both databases, and named', () => {
    expect([MYSQL_DUPLICATE, SQLITE_DUPLICATE].map(isDuplicateKey)).toEqual([true, true]);
    expect(duplicateKeyOf(MYSQL_DUPLICATE)).toBe('users.uq_users_email');
    expect(duplicateKeyOf(SQLITE_DUPLICATE)).toBe('wechat_accounts.app_id, wechat_accounts.openid');
  });

  it('is named by the database, not by what somebody entered', () => {
    const entered = throughTypeOrm(
      { code: 'ER_DUP_ENTRY' },
      "Duplicate entry 'x' for key 'users.email'' for key 'users.uq_users_username_key'",
    );

    expect(duplicateKeyOf(entered)).toBe('users.uq_users_username_key');
  });

  it('is nothing else', () => {
    for (const error of [
      new Error('UNIQUE constraint failed'),
      null,
      undefined,
      'text',
      driverError({ code: 'SQLITE_BUSY' }),
    ])
      expect([isDuplicateKey(error), duplicateKeyOf(error)]).toEqual([false, null]);
  });
});

describe('a lock conflict', () => {
  it('is a deadlock or a lock wait timeout', () => {
    const errors = [1213, 1205, 1062, undefined].map((errno) => throughTypeOrm({ errno }));

    expect(errors.map(isLockConflict)).toEqual([true, true, false, false]);
  });
});

describe('a database that is away', () => {
  it.each([
    new DatabaseBusyError(),
    driverError({ code: 'ECONNREFUSED', fatal: true }),
    driverError({ code: 'ER_SERVER_SHUTDOWN', sqlState: '08S01' }),
    throughTypeOrm({ code: 'PROTOCOL_CONNECTION_LOST' }),
    throughTypeOrm({ code: 'SQLITE_BUSY' }),
  ])('is known by %p', (error) => expect(isDatabaseUnavailable(error)).toBe(true));

  it.each([
    driverError({ code: 'ECONNREFUSED' }), // WeChat's, for one
    throughTypeOrm({ code: 'ER_PARSE_ERROR' }),
    MYSQL_DUPLICATE,
    ...[null, undefined, 'ECONNREFUSED', { code: 'ECONNREFUSED', fatal: true }],
  ])('is not what %p means', (error) => expect(isDatabaseUnavailable(error)).toBe(false));
});
