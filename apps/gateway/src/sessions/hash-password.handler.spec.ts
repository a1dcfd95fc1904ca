import { hashPassword, verifyPassword } from './hash-password.handler';

describe('A password', () => {
  it('is kept as a salted scrypt hash that states its cost', async () => {
    const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(first).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(first).not.toBe(second);
    expect(first).not.toContain('correct');
  });

  it('is recognised, and no other is', async () => {
    const stored = await hashPassword('correct horse');
    expect(await verifyPassword('correct horse', stored)).toBe(true);
    expect(await verifyPassword('correct horse ', stored)).toBe(false);
    expect(await verifyPassword('', stored)).toBe(false);
  });

  it('is the same however the keyboard composes its accents', async () => {
    expect(await verifyPassword('cafe\u0301 au lait', await hashPassword('caf\u00e9 au lait'))).toBe(true);
  });

  it('of a person without one, or a broken hash, is never right', async () => {
    expect(await verifyPassword('anything', null)).toBe(false);
    expect(await verifyPassword('', null)).toBe(false);
    expect(await verifyPassword('anything', 'scrypt$15$8$3$$')).toBe(false);
    expect(await verifyPassword('anything', 'plain')).toBe(false);
  });

  it('takes as long to refuse where nobody has one as where it is wrong', async () => {
    const stored = await hashPassword('correct horse');
    const time = async (hash: string | null) => {
      const start = performance.now();
      for (let round = 0; round < 3; round++) await verifyPassword('wrong', hash);
      return performance.now() - start;
    };
    const [wrong, absent] = [await time(stored), await time(null)];
    expect(Math.max(wrong, absent) / Math.min(wrong, absent)).toBeLessThan(10);
  });
});
