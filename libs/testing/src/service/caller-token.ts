import { generateKeyPairSync } from 'node:crypto';
import { signServiceToken, type CallerIdentity } from '@tenure/platform';

const kid = 'test';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const privateJwk = { ...privateKey.export({ format: 'jwk' }), kid };

/** The public half of the key that signs `callerToken`s, as a service's TENURE_TOKEN_PUBLIC_KEYS. */
export const testPublicKeys = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid }] });

const anAdmin: CallerIdentity = {
  tenant: 'acme',
  subject: 'person-1',
  role: 'admin',
  kind: 'person',
  name: 'Ada Admin',
  email: 'ada@acme.test',
};

/** The token that the gateway would hand to `service` for this caller; by default an admin of tenant `acme`. */
export function callerToken(service: string, caller: Partial<CallerIdentity> = {}, now?: Date): Promise<string> {
  return signServiceToken(privateJwk, { ...anAdmin, ...caller, audience: service }, now);
}
