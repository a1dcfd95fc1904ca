import { publicKeys } from './secrets.mjs';
import { serviceNames } from './services.mjs';

const demoPassword = 'demo-tenure';

/** What a person, the CLI and the simulator need to reach the stack. */
export function clientEnvironment({ ports, secrets, brokers, databases, demo }) {
  const urls = serviceNames.map((name) => [`TENURE_${name.toUpperCase()}_URL`, `http://127.0.0.1:${ports[name]}`]);
  const perService = serviceNames.flatMap((name) => [
    [`TENURE_${name.toUpperCase()}_DATABASE_URL`, databases[name].url],
    [`TENURE_${name.toUpperCase()}_DATABASE_OWNER_URL`, databases[name].ownerUrl],
  ]);
  return {
    ...Object.fromEntries([...urls, ...perService]),
    TENURE_URL: `http://127.0.0.1:${ports.gateway}`,
    TENURE_OPERATOR_TOKEN: secrets.operatorToken,
    KAFKA_BROKERS: brokers.join(','),
    ...(demo && { TENURE_API_KEY: 'demo-api-key', TENURE_WRITE_KEY: 'demo-write-key' }),
  };
}

/** The environment of one service. Only the gateway gets the key that signs, and each gets its own database alone. */
export function serviceEnvironment(name, { ports, secrets, brokers, databases, demo }) {
  const urls = serviceNames.map((other) => [`TENURE_${other.toUpperCase()}_URL`, `http://127.0.0.1:${ports[other]}`]);
  return {
    ...process.env,
    ...Object.fromEntries(urls),
    PORT: String(ports[name]),
    DATABASE_URL: databases[name].url,
    DATABASE_OWNER_URL: databases[name].ownerUrl,
    KAFKA_BROKERS: brokers.join(','),
    TENURE_TOKEN_PUBLIC_KEYS: publicKeys(secrets),
    TENURE_PUBLIC_URL: `http://localhost:${ports.gateway}`,
    TENURE_CONSOLE_URL: `http://localhost:${ports.gateway}`,
    TENURE_DEMO: demo ? '1' : '0',
    // Whoever tries Tenure on one machine has the receiver of the webhooks on it, too.
    ...(demo && { TENURE_ALLOW_PRIVATE_DESTINATIONS: '1' }),
    ...(name === 'ingestion' && {
      TENURE_SECRETS_KEY: secrets.secretsKey,
      TENURE_INGESTION_PUBLIC_URL: process.env.TENURE_INGESTION_PUBLIC_URL ?? `http://localhost:${ports.ingestion}`,
    }),
    ...(name === 'gateway' && {
      TENURE_TOKEN_PRIVATE_KEY: JSON.stringify(secrets.signingKey),
      TENURE_OPERATOR_TOKEN: secrets.operatorToken,
    }),
  };
}

/** What is printed once the stack is ready. */
export const welcome = ({ ports, demo }) =>
  demo
    ? `Ready: http://localhost:${ports.gateway}
  Sign in    demo@tenure.local / ${demoPassword}
  API key    demo-api-key      (Authorization: Bearer, http://localhost:${ports.gateway}/api/v1)
  Write key  demo-write-key    (http://localhost:${ports.ingestion}/v1/track, user name of Basic auth)
  Ctrl-C stops all of it; what it knows stays in .data for the next start.`
    : `Ready: http://localhost:${ports.gateway}
  It is empty. Make a tenant:  npm run tenure -- tenant create NAME --admin EMAIL
  Ctrl-C stops all of it; what it knows stays in .data for the next start.`;
