import { Client, type QueryResultRow } from 'pg';
import { exitCodes, Failure, messageOf } from '../terminal/failure.domain';

/** The services that consume topics, and so have dead letters and a fence. */
export const consumingServices = ['ingestion', 'health', 'renewals', 'notifications', 'reporting'] as const;

/** One connection to a service's database, for the length of a command. */
export interface Queries {
  query<R extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<R[]>;
}

/** Runs `work` on the service's database. Its address is the operator's to set; the command line never prints it. */
export async function withDatabase<T>(
  service: string,
  url: string | undefined,
  work: (database: Queries) => Promise<T>,
): Promise<T> {
  const variable = `TENURE_${service.toUpperCase()}_DATABASE_URL`;
  if (!url) throw new Failure(`To reach the database of ${service}, set ${variable}.`, exitCodes.usage);
  const client = new Client({ connectionString: url, application_name: 'tenure-cli', connectionTimeoutMillis: 5_000 });
  // Without a listener a connection that drops in between ends the process with a stack.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work({
      query: async <R extends QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
        (await client.query<R>(sql, [...values])).rows,
    });
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`The database of ${service} (${variable}) refused: ${messageOf(error)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
