import { WECHAT_ENDPOINTS } from '../src/wechat/endpoints.js';
import { addFault, control, failureOf, request, start, stop } from './simulated.js';

const endpoints = WECHAT_ENDPOINTS.map(({ method, path }) => ({ method, path }));

beforeEach(async () => {
  await start();
});
afterEach(stop);

describe.each(endpoints)('$method $path', ({ method, path }) => {
  const call = () => request(path, { method });
  const meets = (fault: string) => addFault({ endpoint: path, fault, times: 1 });

  it('meets a fault that was made for it, and after that no more', async () => {
    await meets('errcode:-1');
    expect(JSON.parse((await call()).text)).toMatchObject({ errcode: -1 });
    expect(JSON.parse((await call()).text)).toMatchObject({ errcode: expect.any(Number) });
    expect(JSON.parse((await call()).text)).not.toMatchObject({ errcode: -1 });
  });

  it('meets gateway errors, HTML, empty and cut answers', async () => {
    await meets('http:502');
    expect(await call()).toMatchObject({ status: 502, text: expect.stringContaining('<html>') });
    await meets('html');
    expect(await call()).toMatchObject({ status: 200, text: expect.stringContaining('<html>') });
    await meets('empty');
    expect(await call()).toMatchObject({ status: 200, text: '' });
    await meets('truncated');
    const { text } = await call();
    expect(() => JSON.parse(text) as unknown).toThrow();
  });

  it('meets connections that break', async () => {
    await meets('reset');
    expect(await failureOf(call())).toBe('ECONNRESET');
    await meets('drop-reply');
    expect(await failureOf(call())).toBe('UND_ERR_SOCKET');
  });

  it('is slow when everything is', async () => {
    await addFault({ endpoint: '*', delayMs: 20 });
    const began = performance.now();
    await call();
    expect(performance.now() - began).toBeGreaterThanOrEqual(19);
  });

  it('is written down', async () => {
    await call();
    expect(await control('GET', '/__sim/requests')).toMatchObject([{ method, path, status: 200 }]);
  });
});
