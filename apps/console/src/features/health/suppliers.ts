import type { InputRow, SourceRow, SourceVolume } from '@tenure/contracts';

/** The events that each kind of input is made of. */
const typesOf: Readonly<Record<string, string>> = {
  usage: 'tenure.usage.recorded.v1',
  users: 'tenure.user.changed.v1',
  tickets: 'tenure.ticket.changed.v1',
  stakeholders: 'tenure.stakeholder.changed.v1',
  surveys: 'tenure.survey.responded.v1',
  touchpoints: 'tenure.touchpoint.recorded.v1',
  contracts: 'tenure.contract.changed.v1',
  invoices: 'tenure.invoice.changed.v1',
  metrics: 'tenure.metric.recorded.v1',
};

/** The names of the live sources that have delivered a kind of input, the latest first. */
export function suppliersOf(
  kind: InputRow['kind'],
  sources: readonly Pick<SourceRow, 'id' | 'name' | 'mode'>[],
  volumes: readonly Pick<SourceVolume, 'sourceId' | 'types'>[],
): string[] {
  const type = typesOf[kind];
  const lastOf = (id: string): string | undefined =>
    volumes.find((each) => each.sourceId === id)?.types.find((each) => each.type === type)?.lastAt;
  return sources
    .flatMap((source) => {
      const last = source.mode === 'live' ? lastOf(source.id) : undefined;
      return last === undefined ? [] : [{ name: source.name, last }];
    })
    .sort((a, b) => (a.last < b.last ? 1 : -1))
    .map((each) => each.name);
}
