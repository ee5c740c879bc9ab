import { DOORS, inVirtualTime, loggedIn, settled } from './story.js';

const DAY = 86_400_000;

describe('a phone whose clock is wrong', () => {
  inVirtualTime();

  it.each([-400, -3, -0.04, 0.04, 3, 400])(
    'by %d days logs in, and refreshes when it is time and not before',
    async (days) => {
      jest.setSystemTime(Date.now() + days * DAY);
      const { client, server } = await loggedIn();

      for (let minute = 0; minute < 13; minute++) {
        await jest.advanceTimersByTimeAsync(0);
        await settled(client.request('/orders'));
      }
      expect(server.count(DOORS.refresh)).toBe(0);
      await settled(client.request('/orders'));
      await settled(client.request('/orders'));
      expect(server.count(DOORS.refresh)).toBe(1);
      expect(server.received.filter(({ path }) => path === '/orders')).toHaveLength(15); // none was refused
    },
  );

  it.each([-400, -1, 1, 400])(
    'is set %d days on while the app runs: nobody is logged out, and soon all is as before',
    async (days) => {
      const { client, server, phone } = await loggedIn();

      jest.setSystemTime(Date.now() + days * DAY);
      expect(await settled(client.request('/orders'))).toBeDefined();
      expect(server.count(DOORS.refresh)).toBe(days > 0 ? 1 : 0);
      for (let minute = 0; minute < 10; minute++) await settled(client.request('/orders'));

      expect(server.count(DOORS.refresh)).toBe(days > 0 ? 1 : 0);
      expect(phone.logins).toBe(0);
    },
  );

  it.each([-400, -1, 1, 400])('is set %d days on: no request is refused for it, then or later', async (days) => {
    const { client, server } = await loggedIn();
    jest.setSystemTime(Date.now() + days * DAY);

    for (let minute = 0; minute < 30; minute++) await settled(client.request('/orders'));

    expect(server.count('/orders')).toBe(30);
  });

  it.each([-400, 400])('is set %d days on between two launches', async (days) => {
    const { phone, server } = await loggedIn();

    jest.setSystemTime(Date.now() + days * DAY);
    const client = phone.launch();
    expect(await settled(client.request('/orders'))).toBeDefined();
    expect(await settled(client.request('/orders'))).toBeDefined();

    expect(server.count(DOORS.refresh)).toBeLessThanOrEqual(1);
    expect(phone.logins).toBe(0);
  });

  it('works without the Date header, which some platforms hide', async () => {
    jest.setSystemTime(Date.now() - 400 * DAY);
    const { client, server, phone } = await loggedIn();
    phone.hidesHeaders = true;
    phone.storage.clear();
    const hidden = phone.launch();
    await settled(hidden.ready());

    await jest.advanceTimersByTimeAsync(600_000);
    await settled(hidden.request('/orders'));
    expect(server.count(DOORS.refresh)).toBe(0);
    await jest.advanceTimersByTimeAsync(300_000);
    await settled(hidden.request('/orders'));
    expect(server.count(DOORS.refresh)).toBe(1);
    expect(client.user).not.toBeNull();
  });
});
