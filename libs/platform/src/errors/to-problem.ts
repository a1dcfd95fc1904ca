import { HttpException } from '@nestjs/common';
import { databaseFailure, sqlState } from './database-failure';
import { Problem } from './problem';
import { codeOfStatus, problemKinds, type ProblemCode } from './problem-table';

/** Seconds a caller is asked to wait when something we depend on is away. */
const dependencyRetryAfter = 2;

const fastifyCodes: Readonly<Record<string, [ProblemCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'The body is larger than this route accepts.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported', 'This route does not accept this content type.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid', 'The content type is JSON, but the body is empty.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid', 'The body is not valid JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid', 'The body is not as long as Content-Length says.'],
  FST_ERR_BAD_URL: ['invalid', 'The path is not valid.'],
  FST_ERR_MAX_URL_LENGTH: ['invalid', 'The path is too long.'],
};

/** Any error → what a caller may see of it: no stack, no SQL, no host names. What is not known is `internal`. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return (
    fromFastify(error) ??
    fromNest(error) ??
    fromKafka(error) ??
    fromDatabase(error) ??
    fromParser(error) ??
    internal(error)
  );
}

function internal(cause: unknown): Problem {
  return new Problem('internal', 'The request could not be carried out. The trace id finds it in our logs.', { cause });
}

function unavailable(cause: unknown): Problem {
  const detail = 'Something this service depends on does not answer. Please try again.';
  return new Problem('unavailable', detail, { cause, retryAfter: dependencyRetryAfter });
}

function fromFastify(error: unknown): Problem | undefined {
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  if (typeof code !== 'string' || !code.startsWith('FST_')) return undefined;
  const known = fastifyCodes[code];
  if (known) return new Problem(known[0], known[1], { cause: error });
  if (typeof statusCode !== 'number' || statusCode >= 500) return undefined;
  return generic(codeOfStatus(statusCode), error);
}

function fromNest(error: unknown): Problem | undefined {
  if (!(error instanceof HttpException)) return undefined;
  const status = error.getStatus();
  if (status === 404) return new Problem('not-found', 'There is nothing at this address.', { cause: error });
  if (status >= 500) return status === 503 ? unavailable(error) : internal(error);
  return generic(codeOfStatus(status), error);
}

function fromKafka(error: unknown): Problem | undefined {
  return error instanceof Error && error.name.startsWith('KafkaJS') ? unavailable(error) : undefined;
}

function fromDatabase(error: unknown): Problem | undefined {
  const failure = databaseFailure(error);
  if (failure === 'dependency') return unavailable(error);
  if (failure === 'other') return undefined;
  const state = sqlState(error) ?? '';
  if (state === '23505') return new Problem('conflict', 'Such a thing exists already.', { cause: error });
  if (state === '23503') return new Problem('conflict', 'Something this refers to is not there.', { cause: error });
  return new Problem('invalid', 'A value is not one that can be stored.', { cause: error });
}

/** Body parsers of our own and Node's HTTP parser put a 4xx status on their errors. */
function fromParser(error: unknown): Problem | undefined {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return undefined;
  return statusCode === 400
    ? new Problem('invalid', 'The body cannot be read.', { cause: error })
    : generic(codeOfStatus(statusCode), error);
}

function generic(code: ProblemCode, cause: unknown): Problem {
  return new Problem(code, `${problemKinds[code].title}.`, { cause });
}
