import type { Topic } from '../topics';
import type { Release } from './release';
import { schemaBreaks } from './schema-breaks';

function topicBreaks(before: Topic, after: Topic | undefined): string[] {
  if (!after) return [`${before.name}: the topic is removed`];
  const changes = [
    before.partitions !== after.partitions && 'changes its partitions, and with them where a key lives',
    before.cleanup !== after.cleanup && `changes its cleanup to ${after.cleanup}`,
    keeps(after) < keeps(before) && 'keeps its records for less time',
  ];
  return changes.filter((change) => change !== false).map((change) => `${before.name}: ${change}`);
}

const keeps = ({ retentionMs }: Topic) => (retentionMs < 0 ? Infinity : retentionMs);

function eventBreaks(type: string, before: Release, after: Release): string[] {
  const [old, now] = [before.events[type], after.events[type]];
  if (!old) return [];
  if (!now) return [`${type}: the event is removed`];
  const moved = old.topic === now.topic ? [] : [`${type}: moves to the topic ${now.topic}`];
  const schema = schemaBreaks(old.schema, now.schema, old.direction);
  return [...moved, ...schema.map((what) => `${type} ${what}`)];
}

/** What a later release would break inside the same major version: one sentence each, empty where nothing. */
export function breaks(before: Release, after: Release): string[] {
  return [
    ...before.topics.flatMap((topic) =>
      topicBreaks(
        topic,
        after.topics.find(({ name }) => name === topic.name),
      ),
    ),
    ...schemaBreaks(before.envelope, after.envelope, 'output').map((what) => `envelope ${what}`),
    ...Object.keys(before.events).flatMap((type) => eventBreaks(type, before, after)),
  ];
}
