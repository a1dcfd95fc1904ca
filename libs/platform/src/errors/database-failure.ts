/** Whose fault an error of the database is: the data's, the database's own state (it will pass), or something else. */
export type DatabaseFailure = 'data' | 'dependency' | 'other';

const dataClasses = new Set(['22', '23']);
const dependencyClasses = new Set(['08', '40', '53', '57', '58']);
// A lock that was not given in time, a transaction that idled too long, a server that turned read-only: these pass too.
const passingStates = new Set(['55P03', '25P03', '25006']);
const connectionErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
const connectionMessages =
  /connection terminated|timeout exceeded when trying to connect|not queryable|connection error|pool is draining/i;

/** The SQLSTATE of an error or of one it wraps; undefined when there is none. */
export function sqlState(error: unknown): string | undefined {
  for (const each of chain(error)) {
    const code = codeOf(each);
    if (code !== undefined && /^[0-9A-Z]{5}$/.test(code) && 'severity' in (each as object)) return code;
  }
  return undefined;
}

/** Sorts an error by SQLSTATE class: 22, 23 → data; 08, 40, 53, 57 and lost connections → dependency. */
export function databaseFailure(error: unknown): DatabaseFailure {
  const state = sqlState(error);
  if (state !== undefined) return byState(state);
  return chain(error).some(isConnectionError) ? 'dependency' : 'other';
}

function byState(state: string): DatabaseFailure {
  if (passingStates.has(state) || dependencyClasses.has(state.slice(0, 2))) return 'dependency';
  return dataClasses.has(state.slice(0, 2)) ? 'data' : 'other';
}

function isConnectionError(error: unknown): boolean {
  if (connectionErrors.has(codeOf(error) ?? '')) return true;
  return error instanceof Error && connectionMessages.test(error.message);
}

/** An error, what it wraps (TypeORM's `driverError`, `cause`) and, for a failed dual-stack connect, its parts. */
function chain(error: unknown, depth = 0): unknown[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const { driverError, cause, errors } = error as { driverError?: unknown; cause?: unknown; errors?: unknown };
  const parts: unknown[] = Array.isArray(errors) ? errors : [];
  return [error, ...[driverError, cause, ...parts].flatMap((inner) => chain(inner, depth + 1))];
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
