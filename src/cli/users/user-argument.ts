/** How a command says whom it is about. */
export const USER_ARGUMENT = {
  user:
    '用户 ID、用户名、邮箱，或以 + 开头的手机号；纯数字的用户名写作 username:12345\n' +
    'id, username, e-mail address, or phone number with +; for a username of digits username:12345',
};
