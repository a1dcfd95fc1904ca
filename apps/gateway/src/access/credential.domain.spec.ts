import { cookieHeader, readCredential } from './credential.domain';

describe('The credential of a request', () => {
  it('is a bearer key', () => {
    expect(readCredential('Bearer tnr_1_x', undefined)).toEqual({ kind: 'key', secret: 'tnr_1_x' });
  });

  it('is the session cookie among others', () => {
    expect(readCredential(undefined, 'a=1; tenure_session=s3; b=2')).toEqual({ kind: 'session', secret: 's3' });
  });

  it('is the key where both are sent, so that the cookie cannot stand in for a wrong key', () => {
    expect(readCredential('Bearer wrong', 'tenure_session=s3')).toEqual({ kind: 'key', secret: 'wrong' });
    expect(readCredential('Basic abc', 'tenure_session=s3')).toEqual({ kind: 'key', secret: '' });
  });

  it('is none without either, or with an empty or a similar cookie', () => {
    expect(readCredential(undefined, undefined)).toEqual({ kind: 'none' });
    expect(readCredential(undefined, 'tenure_session=')).toEqual({ kind: 'none' });
    expect(readCredential(undefined, 'x_tenure_session=1')).toEqual({ kind: 'none' });
  });
});

describe('The cookie', () => {
  it('is out of reach of scripts, and secure where the page is', () => {
    expect(cookieHeader('s', { secure: true, maxAgeSeconds: 60 })).toBe(
      'tenure_session=s; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure',
    );
    expect(cookieHeader('s', { secure: false, maxAgeSeconds: 60 })).not.toContain('Secure');
  });
});
