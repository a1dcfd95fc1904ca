// Runs once before the services of docker-compose.yml: databases and roles, secrets, and one environment file a service.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabases } from '../local/lib/databases.mjs';
import { loadSecrets, publicKeys } from '../local/lib/secrets.mjs';
import { publishedPorts, serviceNames } from '../local/lib/services.mjs';

const dir = process.env.TENURE_PREPARE_DIR ?? '/run/tenure';
const demo = process.env.TENURE_DEMO === '1';
const publicUrl = process.env.TENURE_PUBLIC_URL ?? 'http://localhost:4000';

const secrets = loadSecrets(dir);
const databases = await createDatabases(process.env.POSTGRES_URL, secrets);
const addresses = Object.fromEntries(
  serviceNames.map((name) => [`TENURE_${name.toUpperCase()}_URL`, `http://${name}:${publishedPorts[name]}`]),
);

for (const name of serviceNames) {
  const environment = {
    ...addresses,
    PORT: String(publishedPorts[name]),
    DATABASE_URL: databases[name].url,
    DATABASE_OWNER_URL: databases[name].ownerUrl,
    KAFKA_BROKERS: process.env.KAFKA_BROKERS,
    TENURE_TOKEN_PUBLIC_KEYS: publicKeys(secrets),
    TENURE_PUBLIC_URL: publicUrl,
    TENURE_CONSOLE_URL: publicUrl,
    TENURE_DEMO: demo ? '1' : '0',
    ...(demo && { TENURE_ALLOW_PRIVATE_DESTINATIONS: '1' }),
    ...(process.env.OTEL_EXPORTER_OTLP_ENDPOINT && {
      OTEL_EXPORTER_OTLP_ENDPOINT: process.env.OTEL_EXPORTER_OTLP_ENDPOINT,
    }),
    ...(name === 'ingestion' && {
      TENURE_SECRETS_KEY: secrets.secretsKey,
      TENURE_INGESTION_PUBLIC_URL: process.env.TENURE_INGESTION_PUBLIC_URL ?? 'http://localhost:4001',
    }),
    ...(name === 'gateway' && {
      TENURE_TOKEN_PRIVATE_KEY: JSON.stringify(secrets.signingKey),
      TENURE_OPERATOR_TOKEN: secrets.operatorToken,
      METRICS_TOKEN: secrets.metricsToken,
    }),
  };
  const lines = Object.entries(environment).map(([key, value]) => `${key}='${value}'`);
  writeFileSync(join(dir, `${name}.env`), `${lines.join('\n')}\n`, { mode: 0o644 });
}
// Apart from the other secrets: Prometheus reads this one, and nothing else of them.
if (process.env.TENURE_SCRAPE_DIR)
  writeFileSync(join(process.env.TENURE_SCRAPE_DIR, 'metrics-token'), secrets.metricsToken, { mode: 0o644 });
console.log(`Prepared ${serviceNames.join(', ')}.`);
