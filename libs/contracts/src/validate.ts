import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { envelopeSchema } from './envelope.schema';
import type { Envelope } from './envelope';
import type { EventDefinition, Issue } from './event-definition';
import { explain } from './explain';
import { isInstant } from './instants';
import { unstorable, unstorableBeside } from './storable';

export type Valid = { readonly ok: true };
export type Invalid = { readonly ok: false } & Issue;

const valid: Valid = Object.freeze({ ok: true });
const invalid = (issue: Issue): Invalid => ({ ok: false, ...issue });

/** Made at first use, so that a program that only wants types or words never loads a compiler of schemas. */
let compiler: Ajv2020 | undefined;

function compile(schema: object): ValidateFunction {
  if (!compiler) {
    compiler = new Ajv2020({ allErrors: false, strict: true, allowUnionTypes: true, verbose: true });
    addFormats(compiler, ['date']);
    compiler.addFormat('date-time', isInstant);
  }
  return compiler.compile(schema);
}

const onTopic = new WeakMap<EventDefinition, ValidateFunction>();
const asSent = new WeakMap<EventDefinition, ValidateFunction>();
let envelope: ValidateFunction | undefined;

function compiled(cache: WeakMap<EventDefinition, ValidateFunction>, def: EventDefinition, schema: () => object) {
  let found = cache.get(def);
  if (!found) cache.set(def, (found = compile(schema())));
  return found;
}

function judge(validate: ValidateFunction, data: unknown): Issue | null {
  if (!validate(data)) return explain(validate.errors?.[0] as ErrorObject);
  return unstorable(data);
}

/**
 * Whether `data` may stand on the definition's topic. `accountId` is required there.
 * The schema's compiled once; success allocates nothing.
 */
export function validateData(def: EventDefinition, data: unknown): Valid | Invalid {
  const issue = judge(
    compiled(onTopic, def, () => def.schema),
    data,
  );
  if (issue) return invalid(issue);
  const failed = def.check?.(data);
  return failed ? invalid(failed) : valid;
}

/** The schema of what a sender may send: the account may be named by `accountRef` or `accountDomain` instead. */
export function inputSchema(def: EventDefinition): object {
  const { required = [], ...rest } = def.schema as { required?: readonly string[] };
  return { ...rest, required: required.filter((name) => name !== 'accountId') };
}

/**
 * Whether ingestion may take `data` from a sender. Ids must be trimmed before. Whether the account is named at all is
 * asked by `accountNotNamed`, because a user's membership can name it too.
 */
export function validateInput(def: EventDefinition, data: unknown): Valid | Invalid {
  const issue = judge(
    compiled(asSent, def, () => inputSchema(def)),
    data,
  );
  if (issue) return invalid(issue);
  const failed = def.check?.(data);
  return failed ? invalid(failed) : valid;
}

/** Whether a value is an envelope of ours, its `data` aside; `partitionkey` must be made of tenant and subject. */
export function validateEnvelope(value: unknown): Valid | Invalid {
  envelope ??= compile(envelopeSchema);
  if (!envelope(value)) return invalid(explain(envelope.errors?.[0] as ErrorObject));
  const { tenantid, subject, partitionkey } = value as Envelope;
  const text = unstorableBeside('data', value as Envelope);
  if (text) return invalid(text);
  if (partitionkey === `${tenantid}:${subject}`) return valid;
  const detail = `partitionkey must be "${tenantid}:${subject}", tenant and subject; it is "${partitionkey}".`;
  return invalid({ code: 'wrong-value', pointer: '/partitionkey', detail });
}
