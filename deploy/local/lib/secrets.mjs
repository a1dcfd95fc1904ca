import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from './services.mjs';
import { Trouble } from './say.mjs';

const secret = () => randomBytes(18).toString('base64url');
const names = [
  'postgres',
  'operatorToken',
  'metricsToken',
  ...serviceNames.flatMap((service) => [`${service}Owner`, `${service}App`]),
];

/**
 * The installation's own secrets: passwords, the operator's token, the gateway's signing key. Made at the first start,
 * kept in `<dir>/secrets.json`, readable by its owner alone.
 */
export function loadSecrets(dir) {
  const file = join(dir, 'secrets.json');
  const kept = existsSync(file) ? read(file) : {};
  const made = Object.fromEntries(names.map((name) => [name, secret()]));
  const secrets = { ...made, secretsKey: randomBytes(32).toString('base64'), signingKey: signingKey(), ...kept };
  if (Object.keys(kept).length < Object.keys(secrets).length) {
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  }
  return secrets;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Trouble(
      `The data folder is broken: ${file} cannot be read. \`npm run reset\` drops the data and begins anew.`,
    );
  }
}

const signingKey = () => ({
  ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  kid: `local-${randomBytes(4).toString('hex')}`,
});

/** What services verify the gateway's tokens with. */
export function publicKeys({ signingKey: jwk }) {
  const key = createPublicKey(createPrivateKey({ key: jwk, format: 'jwk' })).export({ format: 'jwk' });
  return JSON.stringify({ keys: [{ ...key, kid: jwk.kid }] });
}
