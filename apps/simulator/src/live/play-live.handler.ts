import { setTimeout as wait } from 'node:timers/promises';
import type { UsageRecorded } from '@tenure/contracts';
import type { AccountPlan } from '../history/account-plan.domain';
import type { DaySlices } from '../history/day-slices.domain';
import type { SimulatedEvent } from '../history/event.domain';
import type { IngestionClient, SegmentCall } from '../send/ingestion.client';
import type { Ledger } from '../send/ledger.domain';
import { type LivePerson, livePeople, liveUsage } from './live-usage.domain';
import { missedEvents } from './missed.domain';
import { missedRecoveries, type StoryTime, storyCast, storyOf, storyTime } from './story.domain';

const tickMs = 2_000;

export interface LiveOptions {
  /** Usage events a second. */
  readonly pace: number;
  /** Milliseconds since 1970 up to which everything was sent. */
  readonly from: number;
  /** When live play began for the first time. */
  readonly since: number;
  readonly signal: AbortSignal;
  /** Told after every tick, to be kept for the next start. */
  readonly reached: (ms: number) => void;
}

/** Goes on with the same accounts at the clock's pace until told to stop. After a pause it first tells what was missed. */
export class LivePlayer {
  private readonly cast: readonly AccountPlan[];
  private people: { readonly day: number; readonly list: readonly LivePerson[] } = { day: 0, list: [] };

  constructor(
    private readonly slices: DaySlices,
    private readonly client: IngestionClient,
    private readonly ledger: Ledger,
    private readonly options: LiveOptions,
  ) {
    this.cast = storyCast(slices);
  }

  async play(): Promise<void> {
    const { signal, reached, since } = this.options;
    let from = this.options.from;
    let story = storyTime(since, from);
    let first = from <= since;
    while (!signal.aborted) {
      const now = Date.now();
      await this.tell(missedEvents(this.slices, from, now));
      await this.usage(Math.max(from, now - 5 * tickMs), now);
      const next = storyTime(since, now);
      if (first || next.slot !== story.slot) await this.stories(story, next, now);
      first = false;
      story = next;
      from = now;
      reached(now);
      await wait(tickMs, undefined, { signal });
    }
  }

  private async stories(last: StoryTime, next: StoryTime, now: number): Promise<void> {
    for (const time of [...missedRecoveries(this.cast, last, next), next]) {
      await this.tell(storyOf(this.slices, this.cast, time, new Date(now)));
    }
  }

  private async tell(events: readonly SimulatedEvent[]): Promise<void> {
    for (let first = 0; first < events.length; first += 500) {
      const part = events.slice(first, first + 500);
      this.ledger.add(part.length, await this.client.sendEvents(part));
    }
  }

  /** People's use goes the way an SDK sends it, integrations' as CloudEvents. */
  private async usage(from: number, to: number): Promise<void> {
    const slotMs = 1000 / this.options.pace;
    const slots = Array.from(
      { length: Math.floor(to / slotMs) - Math.floor(from / slotMs) },
      (_, i) => Math.floor(from / slotMs) + 1 + i,
    );
    const people = this.peopleOn(Math.floor(to / 86_400_000));
    const events = slots.flatMap((slot) => liveUsage(this.slices, people, slot, new Date(slot * slotMs)) ?? []);
    const isService = (event: SimulatedEvent) => (event.data as UsageRecorded).actorType === 'service';
    await this.tell(events.filter(isService));
    const calls = events.filter((event) => !isService(event)).map(segmentCall);
    if (calls.length > 0) this.ledger.add(calls.length, await this.client.sendSegment(calls));
  }

  private peopleOn(day: number): readonly LivePerson[] {
    if (this.people.day !== day) this.people = { day, list: livePeople(this.slices, day) };
    return this.people.list;
  }
}

function segmentCall(event: SimulatedEvent): SegmentCall {
  const { accountId, userId, event: name, product } = event.data as UsageRecorded;
  return {
    type: 'track',
    messageId: event.id,
    userId: userId ?? '',
    event: name,
    timestamp: event.time,
    context: { groupId: accountId },
    properties: { product: product ?? '' },
  };
}
