/** Exit codes: 0 done, 1 it was tried and did not work, 2 it was asked for wrongly. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** What went wrong, as a sentence for the person at the terminal. It never holds a secret. */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    message: string,
    readonly exitCode: 1 | 2 = exitCodes.failed,
  ) {
    super(message);
  }
}

/** Something has to be given and is not: by option, or by variable. */
export function required<T>(value: T | undefined, option: string, variable: string): T {
  if (value === undefined || value === '') {
    throw new Failure(`Say ${option}, or set ${variable}.`, exitCodes.usage);
  }
  return value;
}

/** The first sentence about any error, without stack. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
