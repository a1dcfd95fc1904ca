import { Injectable } from '@nestjs/common';
import type { PreviewBody, PreviewItem } from '@tenure/contracts';
import { Clock, Database, Problem } from '@tenure/platform';

import { FindAccountsHandler } from '../directory/find-accounts.handler';
import { fingerprint } from '../intake/accept-items.handler';
import { type Arrival, type Candidate, isRefusal } from '../intake/candidate.domain';
import { accountAsOf } from '../directory/membership.domain';
import { eventLimits, inspect } from '../intake/inspect.domain';
import { type ReferenceKey, readReferenceKey } from '../intake/reference.domain';
import type { Found } from '../intake/settle-items.domain';
import { validMapping } from './manage-mappings.handler';
import { mapItem } from './map-item.domain';
import type { Mapping } from './mapping.domain';
import { MappingStores } from './manage-mappings.handler';

const mostItems = 100;
const hourMs = 3_600_000;

/** What a payload would become: by the mapping in force, or by one that is not saved. Nothing is kept or sent. */
@Injectable()
export class PreviewMappingHandler {
  constructor(
    private readonly database: Database,
    private readonly stores: MappingStores,
    private readonly accounts: FindAccountsHandler,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `invalid` for a mapping that is none */
  async preview(tenantId: string, sourceId: string, payload: unknown, draft: unknown): Promise<PreviewBody> {
    const { mapping, importing } = await this.inForce(tenantId, sourceId);
    const used = draft === undefined ? mapping : validMapping(draft, '/mapping');
    const items = Array.isArray(payload) ? (payload as unknown[]) : [payload];
    if (items.length > mostItems)
      throw new Problem('invalid', `A preview may have ${mostItems} items.`, { pointer: '/payload' });
    const arrival: Arrival = { tenantId, sourceId, importing, receivedMs: this.clock.now().getTime(), way: 'webhook' };
    const shown: PreviewItem[] = [];
    for (const item of items) shown.push(await this.show(item, used, arrival));
    return { items: shown };
  }

  private inForce(tenantId: string, sourceId: string): Promise<{ mapping: Mapping; importing: boolean }> {
    return this.database.read([tenantId], async (tx) => {
      const facts = await this.stores.webhooks.facts(tx, tenantId, sourceId);
      if (!facts) throw new Problem('not-found', `There is no webhook source ${sourceId}.`);
      const { mapping } = await this.stores.readModel.current(tx, tenantId, sourceId, facts.vendor);
      return { mapping, importing: facts.mode === 'import' };
    });
  }

  private async show(item: unknown, mapping: Mapping, arrival: Arrival): Promise<PreviewItem> {
    const flaw = inspect(item, false, eventLimits);
    if (flaw) return { outcome: 'rejected', rule: null, refusal: flaw, events: [] };
    const text = JSON.stringify(item);
    const around = {
      delivery: 'preview',
      invocation: 'preview',
      digest: fingerprint(text),
      hour: String(Math.floor(arrival.receivedMs / hourMs)),
    };
    const { rule, outcome } = mapItem(item, { mapping, arrival, around, digest: fingerprint });
    if (outcome === 'ping') return { outcome: 'ping', rule, refusal: null, events: [] };
    if (isRefusal(outcome)) return { outcome: 'rejected', rule, refusal: outcome, events: [] };
    const keys = new Set(outcome.events.flatMap((event) => event.references));
    const found: Found = keys.size === 0 ? new Map() : await this.accounts.find(arrival.tenantId, keys);
    const events = outcome.events.map((event) => eventOf(event, found));
    return {
      outcome: events.every(({ accountId }) => accountId !== null) ? 'accepted' : 'held',
      rule,
      refusal: null,
      events,
    };
  }
}

function eventOf(event: Candidate, found: Found): PreviewItem['events'][number] {
  const stays = event.references.map((key: ReferenceKey) => found.get(key)).filter((each) => each !== undefined);
  const accountId =
    event.accountId ?? stays.map((each) => accountAsOf(each, event.timeMs)).find((each) => each !== undefined) ?? null;
  const [first] = event.references;
  return {
    type: event.definition.type,
    id: event.id,
    time: new Date(event.timeMs).toISOString(),
    sequence: event.sequence ?? null,
    accountId,
    waitsFor: accountId === null && first !== undefined ? { ...readReferenceKey(first) } : null,
    data: event.data,
  };
}
