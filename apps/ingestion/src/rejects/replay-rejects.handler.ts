import { Injectable } from '@nestjs/common';
import type { ReplayBody } from '@tenure/contracts';
import { Clock, Database, Problem, type Tx } from '@tenure/platform';

import { isRefusal, type Refusal, type Way } from '../intake/candidate.domain';
import type { IntakeItem } from '../intake/item.domain';
import { WaysIn } from '../intake/ways-in.domain';
import { SourcesReadModel } from '../sources/sources.read-model';
import { type Move, VolumeRepository } from '../volume/volume.repository';
import { type Arrived, PublishReplayHandler } from './publish-replay.handler';
import { expiredPrefix } from './expired.domain';
import { type OpenReject, type RefusedAgain, RejectsRepository, type ReplayFilter } from './rejects.repository';

const atOnce = 200;

/** Which refused items; `since` goes on with an earlier portion of the same run. */
export type Wanted = Omit<ReplayFilter, 'since'> & { readonly since: Date | undefined };

/** Where a replay reads and writes. */
@Injectable()
export class ReplayStores {
  constructor(
    readonly rejects: RejectsRepository,
    readonly sources: SourcesReadModel,
    readonly volume: VolumeRepository,
  ) {}
}

/**
 * Takes refused items the way they came in once more. In three steps, so that no transaction waits for Kafka: claim, map and
 * publish, write down. A crash between them leaves items that a later run publishes under the same ids, which receivers drop.
 */
@Injectable()
export class ReplayRejectsHandler {
  constructor(
    private readonly database: Database,
    private readonly stores: ReplayStores,
    private readonly ways: WaysIn,
    private readonly publisher: PublishReplayHandler,
    private readonly clock: Clock,
  ) {}

  /** One portion of at most 200. @throws Problem `not-found`, or `unavailable` where Kafka is away (nothing is settled) */
  async replay(tenantId: string, sourceId: string, wanted: Wanted): Promise<ReplayBody> {
    const filter = { ...wanted, since: wanted.since ?? this.clock.now() };
    const { claimed, importing } = await this.claim(tenantId, sourceId, filter);
    const arrived: (Arrived & { readonly reject: OpenReject })[] = [];
    for (const reject of claimed) {
      const way = (reject.way ?? undefined) as Way | undefined;
      const shared = reject.shared === null ? {} : { shared: JSON.parse(reject.shared) as Record<string, unknown> };
      const { receivedMs } = reject;
      const arrival = { tenantId, sourceId, importing, receivedMs, ...(way === undefined ? {} : { way }), ...shared };
      arrived.push({ reject, arrival, item: await this.remap(reject, arrival) });
    }
    const outcomes = await this.publisher.publish(tenantId, arrived);
    const results = arrived.map(({ reject, item }, at) => ({ reject, item, outcome: outcomes[at] ?? 'rejected' }));
    return this.database.write([tenantId], (tx) => this.settle(tx, tenantId, sourceId, results, filter));
  }

  private claim(
    tenantId: string,
    sourceId: string,
    filter: ReplayFilter,
  ): Promise<{ claimed: OpenReject[]; importing: boolean }> {
    return this.database.write([tenantId], async (tx) => {
      const source = await this.stores.sources.byId(tx, tenantId, sourceId);
      if (!source) throw new Problem('not-found', `There is no source ${sourceId}.`);
      const claimed = await this.stores.rejects.claim(tx, tenantId, sourceId, filter, atOnce);
      return { claimed, importing: source.mode === 'import' };
    });
  }

  private async remap(reject: OpenReject, arrival: Arrived['arrival']): Promise<IntakeItem> {
    const item = sentItem(reject.body);
    const way = this.ways.find(reject.way, item);
    if (!way || reject.sharedLost) return refused(reject.sharedLost ? sharedLost : unknownWay(reject.way));
    return way.remap(item, arrival, reject.rejectId);
  }

  private async settle(
    tx: Tx,
    tenantId: string,
    sourceId: string,
    results: readonly { reject: OpenReject; item: IntakeItem; outcome: 'accepted' | 'held' | 'rejected' }[],
    filter: ReplayFilter,
  ): Promise<ReplayBody> {
    const answer: ReplayBody = { accepted: 0, held: 0, rejected: [], remaining: 0, since: filter.since.toISOString() };
    for (const outcome of ['accepted', 'held'] as const) {
      const own = results.filter((each) => each.outcome === outcome).map((each) => each.reject);
      const ids = own.map((each) => each.rejectId);
      const settled = new Set(await this.stores.rejects.settle(tx, tenantId, sourceId, outcome, ids));
      answer[outcome] = settled.size;
      const moves = own.filter((each) => settled.has(each.rejectId) && !each.rejectId.startsWith(expiredPrefix));
      await this.stores.volume.move(
        tx,
        tenantId,
        moves.map((each) => moveOf(sourceId, each, outcome)),
      );
    }
    answer.rejected = results.flatMap(({ reject, item }) => again(reject, item));
    const mapped = answer.rejected.filter((each) => each.code !== sharedLost.code && each.code !== cannotReplay);
    await this.stores.rejects.refuseAgain(tx, tenantId, sourceId, mapped);
    answer.remaining = await this.stores.rejects.remaining(tx, tenantId, sourceId, filter);
    return answer;
  }
}

/** It was not mapped: the reason that it has stays. */
const cannotReplay = 'cannot-replay';
const sharedLost: Refusal = {
  code: 'context-not-kept',
  pointer: '',
  detail: 'Its batch said more for all its calls than is kept with each, so it cannot be mapped as it was meant.',
};

const unknownWay = (way: string | null): Refusal => ({
  code: cannotReplay,
  pointer: '',
  detail: `What came in by ${way ?? 'an unknown way'} cannot be taken again.`,
});

const refused = (outcome: Refusal): IntakeItem => ({ outcome, id: null, type: null, body: null });

const moveOf = (sourceId: string, { receivedMs }: OpenReject, to: Move['to']): Move => ({ sourceId, receivedMs, to });

function again({ rejectId }: OpenReject, { outcome }: IntakeItem): RefusedAgain[] {
  if (!isRefusal(outcome)) return [];
  return [{ id: rejectId, code: outcome.code, pointer: outcome.pointer, detail: outcome.detail }];
}

/** The item: what could not be stored as JSON was kept as its text. */
function sentItem(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
