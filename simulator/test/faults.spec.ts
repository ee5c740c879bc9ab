import {
  addFault,
  attempt,
  codeFor,
  control,
  errcode,
  exchange,
  exchangePath,
  failureOf,
  session,
  start,
  stop,
  urlOf,
} from './simulated.js';

interface Call {
  status: number | null;
  errcode: number | null;
  fault?: string;
}

const lastCall = async () => (await control<Call[]>('GET', '/__sim/requests')).at(-1);

beforeEach(async () => {
  await start();
});

afterEach(stop);

describe('the fault errcode:N', () => {
  it('answers with that errcode in the words WeChat has for it, and leaves the code usable', async () => {
    await addFault({ fault: 'errcode:40226', times: 1 });
    const code = await codeFor('alice');
    expect(await session(code)).toEqual({
      errcode: 40226,
      errmsg: expect.stringMatching(/^code blocked, rid: [0-9a-f-]{26}$/),
    });
    expect(await session(code)).toHaveProperty('openid');
  });

  it('knows -1, and takes numbers that it has no words for', async () => {
    await addFault({ fault: 'errcode:-1', times: 1 });
    await addFault({ fault: 'errcode:61024', times: 1 });
    expect(await session('any')).toMatchObject({ errcode: -1, errmsg: expect.stringContaining('system error') });
    expect(await session('any')).toMatchObject({ errcode: 61024, errmsg: expect.stringContaining('rid: ') });
  });

  it('uses the code up when burnsCode is true', async () => {
    await addFault({ fault: 'errcode:-1', times: 1, burnsCode: true });
    const code = await codeFor('alice');
    expect(await errcode(code)).toBe(-1);
    expect(await errcode(code)).toBe(40163);
  });
});

describe('the fault http:N', () => {
  it.each([429, 500, 502, 503])('answers %d with a page in HTML, as gateways do', async (status) => {
    await addFault({ fault: `http:${status}`, times: 1 });
    const code = await codeFor('alice');
    const reply = await exchange(code);
    expect(reply).toMatchObject({ status, text: expect.stringContaining(`<h1>${status} `) });
    expect(reply.headers.get('content-type')).toBe('text/html');
    expect(await session(code)).toHaveProperty('openid');
  });
});

describe('the fault html', () => {
  it('answers 200 with a page in HTML and leaves the code usable', async () => {
    await addFault({ fault: 'html', times: 1 });
    const code = await codeFor('alice');
    expect(await exchange(code)).toMatchObject({ status: 200, text: expect.stringMatching(/^<html>/) });
    expect(await session(code)).toHaveProperty('openid');
  });
});

describe('the fault empty', () => {
  it('answers 200 with nothing and leaves the code usable', async () => {
    await addFault({ fault: 'empty', times: 1 });
    const code = await codeFor('alice');
    expect(await exchange(code)).toMatchObject({ status: 200, text: '' });
    expect(await session(code)).toHaveProperty('openid');
  });
});

describe('the fault truncated', () => {
  it('answers the first half of the JSON and has used the code up', async () => {
    await addFault({ fault: 'truncated', times: 1 });
    const code = await codeFor('alice');
    const { status, text } = await exchange(code);
    expect(status).toBe(200);
    expect(text).toMatch(/^\{"session_key":"/);
    expect(() => void JSON.parse(text)).toThrow(SyntaxError);
    expect(await errcode(code)).toBe(40163);
  });
});

describe('the fault reset', () => {
  it('resets the connection and leaves the code usable', async () => {
    await addFault({ fault: 'reset', times: 1 });
    const code = await codeFor('alice');
    expect(await failureOf(exchange(code))).toBe('ECONNRESET');
    expect(await session(code)).toHaveProperty('openid');
  });
});

describe('the fault drop-reply', () => {
  it('uses the code up and closes the connection without a word', async () => {
    await addFault({ fault: 'drop-reply', times: 1 });
    const code = await codeFor('alice');
    expect(await failureOf(exchange(code))).toBe('UND_ERR_SOCKET');
    expect(await lastCall()).toMatchObject({ status: null, errcode: 0, fault: 'drop-reply' });
    expect(await errcode(code)).toBe(40163);
  });
});

describe('the fault timeout', () => {
  const impatient = (code: string) =>
    fetch(urlOf(exchangePath({ js_code: code })), { signal: AbortSignal.timeout(50) });

  it('never answers, and leaves the code usable', async () => {
    await addFault({ fault: 'timeout', times: 1 });
    const code = await codeFor('alice');
    expect(await failureOf(impatient(code))).toBe('TimeoutError');
    expect(await session(code)).toHaveProperty('openid');
  });

  it('can stand for a reply that got lost: with burnsCode the code is used up', async () => {
    await addFault({ fault: 'timeout', times: 1, burnsCode: true });
    const code = await codeFor('alice');
    expect(await failureOf(impatient(code))).toBe('TimeoutError');
    expect(await errcode(code)).toBe(40163);
  });

  it('lets its connections go when the simulator closes', async () => {
    await addFault({ fault: 'timeout' });
    const waiting = Promise.all([exchange('a'), exchange('b')].map(failureOf));
    while ((await control<Call[]>('GET', '/__sim/requests')).length < 2);
    await stop();
    expect(await waiting).toEqual(['UND_ERR_SOCKET', 'UND_ERR_SOCKET']);
  });
});

describe('a delay', () => {
  it('lets the answer wait when it comes alone', async () => {
    await addFault({ delayMs: 40, times: 1 });
    const code = await codeFor('alice');
    const began = performance.now();
    expect(await session(code)).toHaveProperty('openid');
    expect(performance.now() - began).toBeGreaterThanOrEqual(38);
    expect(await lastCall()).toMatchObject({ status: 200, errcode: 0, fault: 'delay' });
  });

  it('comes before a fault as well', async () => {
    await addFault({ fault: 'errcode:-1', delayMs: 40 });
    const began = performance.now();
    expect(await errcode('any')).toBe(-1);
    expect(performance.now() - began).toBeGreaterThanOrEqual(38);
  });

  it('does not hold up closing', async () => {
    await addFault({ delayMs: 600_000 });
    const waiting = failureOf(exchange('any'));
    while ((await control<Call[]>('GET', '/__sim/requests')).length < 1);
    await stop();
    expect(await waiting).toBe('UND_ERR_SOCKET');
  });
});

describe('POST /__sim/faults', () => {
  it('answers 201 with the fault as it will act', async () => {
    const { status, text } = await attempt('POST', '/__sim/faults', { endpoint: '*', fault: 'http:502', times: 3 });
    expect(status).toBe(201);
    expect(JSON.parse(text)).toEqual({ endpoint: '*', fault: 'http:502', times: 3, delayMs: 0, burnsCode: false });
  });

  it('hits as many requests as it says', async () => {
    await addFault({ fault: 'errcode:-1', times: 2 });
    const code = await codeFor('alice');
    expect([await errcode(code), await errcode(code), await errcode(code)]).toEqual([-1, -1, undefined]);
  });

  it('hits every request until it is removed, when it says no number', async () => {
    await addFault({ fault: 'errcode:-1' });
    for (let time = 0; time < 5; time++) expect(await errcode('any')).toBe(-1);
    await control('DELETE', '/__sim/faults');
    expect(await errcode('any')).toBe(40029);
  });

  it('plays several faults one after the other, in the order they were added', async () => {
    await addFault({ fault: 'errcode:-1', times: 1 });
    await addFault({ endpoint: '*', fault: 'errcode:45011', times: 1 });
    await addFault({ fault: 'errcode:40226', times: 1 });
    expect([await errcode('any'), await errcode('any'), await errcode('any')]).toEqual([-1, 45011, 40226]);
  });

  it.each([
    ['no endpoint', { fault: 'html' }, '"endpoint" is missing'],
    [
      'an unknown endpoint',
      { endpoint: '/sns/nothing', fault: 'html' },
      '"endpoint" must be one of *, /sns/jscode2session',
    ],
    ['an unknown fault', { endpoint: '*', fault: 'explode' }, '"fault" must be errcode:N'],
    ['errcode:0, which is none', { endpoint: '*', fault: 'errcode:0' }, '"fault" must be'],
    ['an errcode that is no number', { endpoint: '*', fault: 'errcode:x' }, '"fault" must be'],
    ['an HTTP status out of range', { endpoint: '*', fault: 'http:200' }, '"fault" must be'],
    ['neither fault nor delay', { endpoint: '*' }, 'give "fault", "delayMs" or both'],
    ['times: 0', { endpoint: '*', fault: 'html', times: 0 }, '"times" must be'],
    ['times in text', { endpoint: '*', fault: 'html', times: '1' }, '"times" must be'],
    ['a negative delay', { endpoint: '*', delayMs: -1 }, '"delayMs" must be'],
    ['a burnsCode that is not true or false', { endpoint: '*', fault: 'html', burnsCode: 1 }, '"burnsCode" must be'],
    ['a misspelt field', { endpoint: '*', fault: 'html', delay: 5 }, 'unknown field "delay"'],
  ])('refuses %s with 400 and says what is wrong', async (_what, body, words) => {
    const { status, text } = await attempt('POST', '/__sim/faults', body);
    expect(status).toBe(400);
    expect((JSON.parse(text) as { error: string }).error).toContain(words);
  });
});
