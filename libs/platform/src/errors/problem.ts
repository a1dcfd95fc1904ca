import { problemKinds, type Disposition, type ProblemCode } from './problem-table';

/** One fault inside a request; `pointer` is a JSON pointer (RFC 6901) into its body. */
export interface ProblemItem {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

export interface ProblemOptions {
  readonly pointer?: string;
  readonly errors?: readonly ProblemItem[];
  /** Seconds after which it makes sense to try again; becomes `Retry-After`. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** The body of an `application/problem+json` answer (RFC 9457). */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly pointer?: string;
  readonly errors?: readonly ProblemItem[];
  readonly traceId?: string;
}

/** An error a caller is meant to see: a stable code from the table, and a sentence without internals. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly pointer: string | undefined;
  readonly errors: readonly ProblemItem[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    options: ProblemOptions = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.pointer = options.pointer;
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
  }

  get status(): number {
    return problemKinds[this.code].status;
  }

  get disposition(): Disposition {
    return problemKinds[this.code].disposition;
  }

  /** @param traceId given to the caller so that the log can be found */
  toBody(traceId?: string): ProblemBody {
    return {
      type: `urn:tenure:problem:${this.code}`,
      title: problemKinds[this.code].title,
      status: this.status,
      code: this.code,
      detail: this.detail,
      ...(this.pointer === undefined ? {} : { pointer: this.pointer }),
      ...(this.errors === undefined ? {} : { errors: this.errors }),
      ...(traceId === undefined ? {} : { traceId }),
    };
  }
}
