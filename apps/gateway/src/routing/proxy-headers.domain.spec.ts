import { toCallerHeaders, toServiceHeaders } from './proxy-headers.domain';

const forwarding = { token: 'signed', clientAddress: '203.0.113.9', publicHost: 'tenure.example' };

describe('Headers through the gateway', () => {
  it('end with the hop they belong to, also those that Connection names', () => {
    const sent = toServiceHeaders(
      {
        connection: 'close, X-Private',
        'x-private': '1',
        'transfer-encoding': 'chunked',
        te: 'trailers',
        accept: '*/*',
      },
      forwarding,
    );
    expect(Object.keys(sent).sort()).toEqual(['accept', 'authorization', 'x-forwarded-for', 'x-forwarded-host']);
  });

  it('carry no identity but the gateway’s own', () => {
    const sent = toServiceHeaders(
      {
        authorization: 'Bearer tnr_stolen',
        cookie: 'tenure_session=secret',
        'x-tenure-tenant': 'other',
        'x-tenure-role': 'admin',
        'x-forwarded-for': '10.0.0.1',
        forwarded: 'for=10.0.0.1',
        'idempotency-key': 'k1',
      },
      forwarding,
    );
    expect(sent).toEqual({
      authorization: 'Bearer signed',
      'idempotency-key': 'k1',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'tenure.example',
    });
  });

  it('do not announce a body: whoever sends one on says how long it is', () => {
    const sent = toServiceHeaders({ 'content-length': '24', accept: '*/*' }, forwarding);
    expect(sent).not.toHaveProperty('content-length');
  });

  it('do not let Connection strip what the gateway adds', () => {
    expect(toServiceHeaders({ connection: 'authorization' }, forwarding)['authorization']).toBe('Bearer signed');
  });

  it('come back without cookies and limits of a service', () => {
    const answer = { 'set-cookie': ['a=b'], 'ratelimit-limit': '1', 'keep-alive': 'timeout=5', etag: '"1"' };
    expect(toCallerHeaders(answer)).toEqual({ etag: '"1"' });
  });
});
