import { newSecret, signatureHeaders } from './webhook-signature.js';

describe('signatureHeaders', () => {
  // The example of the Standard Webhooks reference libraries.
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const head = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330 };
  const body = '{"test": 2432232314}';
  const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

  it('signs as the specification says', () => {
    expect(signatureHeaders(head, body, [secret])).toEqual({
      'webhook-id': head.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': signature,
    });
  });

  it('signs once with each secret', () => {
    const [first, second, ...rest] = signatureHeaders(head, body, [newSecret(), secret])['webhook-signature'].split(
      ' ',
    );

    expect(first).toMatch(/^v1,[\w+/]{43}=$/);
    expect(second).toBe(signature);
    expect(rest).toEqual([]);
  });

  it('signs id, time and body', () => {
    const signed = (change: object, text = body) =>
      signatureHeaders({ ...head, ...change }, text, [secret])['webhook-signature'];

    expect(new Set([signed({}), signed({ id: 'other' }), signed({ timestamp: 1 }), signed({}, `${body} `)]).size).toBe(
      4,
    );
  });
});

describe('newSecret', () => {
  it('has 32 random bytes', () => {
    const secrets = [newSecret(), newSecret()];

    expect(secrets[0]).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(secrets[0]).not.toBe(secrets[1]);
  });
});
