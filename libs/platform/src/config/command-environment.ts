import { generateKeyPairSync } from 'node:crypto';

import type { Environment } from './load-config';

/**
 * The environment of a command about a service's data (`replay`, `hash`, `snapshot`): that of the service, or of an
 * operator, whose variables name the service (`TENURE_HEALTH_DATABASE_OWNER_URL`). Nobody calls it, so it needs no keys.
 * @param into the owner's address of another database
 */
export function commandEnvironment(service: string, into?: string): Environment {
  const own = process.env;
  const named = (name: string): string | undefined => own[name] ?? own[`TENURE_${service.toUpperCase()}_${name}`];
  const { publicKey } = generateKeyPairSync('ed25519');
  const nobody = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'nobody' }] };
  return {
    ...own,
    DATABASE_URL: into ?? named('DATABASE_URL'),
    DATABASE_OWNER_URL: into ?? named('DATABASE_OWNER_URL'),
    TENURE_TOKEN_PUBLIC_KEYS: own['TENURE_TOKEN_PUBLIC_KEYS'] ?? JSON.stringify(nobody),
    LOG_LEVEL: own['LOG_LEVEL'] ?? 'warn',
  };
}
