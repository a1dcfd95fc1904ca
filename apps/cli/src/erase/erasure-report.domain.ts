import { formatTable } from '../terminal/table.domain';

/** An erasure as the API tells it. */
export interface Erasure {
  readonly id: string;
  readonly kind: 'person' | 'account';
  readonly state: 'running' | 'done';
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly services: readonly {
    readonly service: string;
    readonly state: string;
    readonly rows: number;
    readonly appliedAt: string | null;
  }[];
  readonly logs: readonly { readonly topic: string; readonly goneAt: string | null }[];
}

export interface PersonOptions {
  readonly user: readonly string[];
  readonly stakeholder: readonly string[];
  readonly email: readonly string[];
  readonly name: readonly string[];
  readonly other: readonly string[];
  readonly reason?: string;
}

/** The request for a person. */
export function personOf({ user, stakeholder, email, name, other, reason }: PersonOptions): object {
  return {
    kind: 'person',
    userIds: user,
    stakeholderIds: stakeholder,
    emails: email,
    names: name,
    otherIds: other,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** What was done, by service, and what the logs still hold. */
export function asText({ id, state, services, logs }: Erasure): string {
  const kept = logs.filter(({ goneAt }) => goneAt === null).map(({ topic }) => topic);
  const last =
    logs
      .flatMap(({ goneAt }) => goneAt ?? [])
      .sort()
      .at(-1) ?? '-';
  return [
    `Erasure ${id}: ${state}`,
    formatTable(
      ['service', 'state', 'rows', 'appliedAt'],
      services.map((each) => ({ ...each })),
    ),
    `Kafka: the last copy in a topic with retention leaves at ${last}.`,
    `Kept for ever, left out by every fold: ${kept.join(', ')}.`,
  ].join('\n');
}
