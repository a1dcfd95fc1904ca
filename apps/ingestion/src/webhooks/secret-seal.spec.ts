import { randomBytes } from 'node:crypto';

import type { IngestionConfig } from '../ingestion.config';
import { SecretSeal } from './secret-seal.guard';

const [first, second] = [randomBytes(32), randomBytes(32)];
const sealWith = (...secretsKeys: Buffer[]): SecretSeal =>
  new SecretSeal({ secretsKeys } as unknown as IngestionConfig);
const owner = 'acme/src_1';

describe('A sealed secret', () => {
  const sealed = sealWith(first).seal('whsec_hush', owner);

  it('opens with its key, for its source', () => {
    expect(sealed).not.toContain('hush');
    expect(sealWith(first).open(sealed, owner)).toBe('whsec_hush');
  });

  it('is another text each time', () => expect(sealWith(first).seal('whsec_hush', owner)).not.toBe(sealed));

  it('opens for no other source, with no other key, and not where a byte was changed', () => {
    expect(sealWith(first).open(sealed, 'globex/src_1')).toBeUndefined();
    expect(sealWith(second).open(sealed, owner)).toBeUndefined();
    expect(sealWith().open(sealed, owner)).toBeUndefined();
    const [version, name, text = ''] = sealed.split('.');
    const bytes = Buffer.from(text, 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(sealWith(first).open([version, name, changed.toString('base64')].join('.'), owner)).toBeUndefined();
    }
    for (const odd of ['', 'v1', 'v1..', `v2.${name ?? ''}.${text}`, `v1.${name ?? ''}.AAAA`]) {
      expect(sealWith(first).open(odd, owner)).toBeUndefined();
    }
  });

  it('opens with the old key while keys are changed; new ones are sealed with the first', () => {
    const both = sealWith(second, first);
    expect(both.open(sealed, owner)).toBe('whsec_hush');
    expect(sealWith(second).open(both.seal('x', owner), owner)).toBe('x');
  });

  it('cannot be made without a key', () => {
    expect(() => sealWith().seal('x', owner)).toThrow('TENURE_SECRETS_KEY');
  });
});
