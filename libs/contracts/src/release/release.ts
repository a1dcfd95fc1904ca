import { envelopeSchema } from '../envelope.schema';
import type { EventDefinition } from '../event-definition';
import { events } from '../events/catalogue';
import { topics, type Topic } from '../topics';

export type JsonSchema = { readonly [keyword: string]: unknown };

export interface ReleasedEvent {
  readonly topic: string;
  readonly direction: EventDefinition['direction'];
  readonly schema: JsonSchema;
}

/** The published language at one version, as plain JSON. */
export interface Release {
  readonly topics: readonly Topic[];
  readonly envelope: JsonSchema;
  readonly events: { readonly [type: string]: ReleasedEvent };
}

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

const plain = (title: string, schema: object): JsonSchema =>
  JSON.parse(JSON.stringify({ $schema: DIALECT, title, ...schema })) as JsonSchema;

/** What the code says now, in the form in which it is released. */
export function currentRelease(): Release {
  return {
    topics: Object.values(topics),
    envelope: plain('The envelope of every event', envelopeSchema),
    events: Object.fromEntries(
      events.map(({ type, topic, direction, schema }) => [
        type,
        { topic: topic.name, direction, schema: plain(`The data of ${type}`, schema) },
      ]),
    ),
  };
}
