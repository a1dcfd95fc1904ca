/** RFC 9457 problem details as the services send them, thrown by the client. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly fields: readonly { pointer: string; detail: string }[] = [],
    readonly traceId: string | null = null,
  ) {
    super(detail || title);
    this.name = 'ProblemError';
  }
}

interface ProblemBody {
  title?: string;
  code?: string;
  detail?: string;
  pointer?: string;
  errors?: { pointer?: string; detail?: string }[];
  traceId?: string;
}

/** Reads a problem from a response body; a body that is none (a proxy's page, nothing) gives a plain sentence instead. */
export function toProblem(status: number, body: unknown): ProblemError {
  const problem: ProblemBody = typeof body === 'object' && body !== null ? body : {};
  const fields = (problem.errors ?? []).map((error) => ({ pointer: error.pointer ?? '', detail: error.detail ?? '' }));
  if (problem.pointer && fields.length === 0) fields.push({ pointer: problem.pointer, detail: problem.detail ?? '' });
  const title = problem.title ?? fallbackTitle(status);
  return new ProblemError(
    status,
    problem.code ?? 'unknown',
    title,
    problem.detail ?? title,
    fields,
    problem.traceId ?? null,
  );
}

function fallbackTitle(status: number): string {
  if (status === 0) return 'The server cannot be reached.';
  if (status === 503) return 'The service is not available for the moment.';
  return `The server answered ${status}.`;
}

/** What went wrong, for a person, from whatever was thrown. */
export function describeError(error: unknown): string {
  if (error instanceof ProblemError) return error.detail;
  return error instanceof Error ? error.message : 'Something went wrong.';
}

/** The detail of one field of a form (`/email`), or undefined. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  return error.fields.find((entry) => entry.pointer === `/${field}`)?.detail;
}

/** Asking again can help: the server or the network, not the request, was at fault. */
export function isRetryable(error: unknown): boolean {
  return !(error instanceof ProblemError) || error.status === 0 || error.status >= 500;
}
