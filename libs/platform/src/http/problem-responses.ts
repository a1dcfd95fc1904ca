import type { OpenAPIObject } from '@nestjs/swagger';
import { problemKinds } from '../errors/problem-table';

type Operation = OpenAPIObject['paths'][string]['get'] & object;
type Responses = Operation['responses'];
type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;
const text = { type: 'string' } as const;

const problem: Schema = {
  type: 'object',
  description: 'RFC 9457. `code` is stable; `pointer` is a JSON pointer into the body.',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    code: { ...text, enum: Object.keys(problemKinds) },
    detail: text,
    pointer: text,
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: { pointer: text, code: text, detail: text },
      },
    },
    traceId: text,
  },
};

/**
 * The problems that an operation may end in, which follow from its form: one with a body can be too large, one with an
 * id can lead nowhere. Said here once for all routes; what a route says by itself stays.
 * @param isPublic whether anybody may call the route, so that nobody is refused for who they are
 */
export function withProblemResponses(
  document: OpenAPIObject,
  isPublic: (method: string, path: string) => boolean,
): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (operation) operation.responses = { ...problemsOf(method, path, operation, isPublic), ...operation.responses };
    }
  }
  const schemas = { ...document.components?.schemas, Problem: problem };
  return { ...document, components: { ...document.components, schemas } };
}

function problemsOf(
  method: string,
  path: string,
  operation: Operation,
  isPublic: (method: string, path: string) => boolean,
): Responses {
  const writes = method !== 'get';
  const statuses = [
    ...(isPublic(method, path) ? [] : [401, 403]),
    ...(writes || (operation.parameters ?? []).length > 0 ? [400] : []),
    ...(path.includes('{') ? [404] : []),
    ...(writes ? [409, 413, 415, 422] : []),
    429,
    503,
  ];
  return Object.fromEntries(statuses.map((status) => [String(status), responseOf(status)]));
}

function responseOf(status: number): Responses[string] {
  const kind = Object.values(problemKinds).find((each) => each.status === status);
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return { description: kind?.title ?? 'Refused', content };
}
