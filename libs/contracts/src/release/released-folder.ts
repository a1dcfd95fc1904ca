import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema, Release, ReleasedEvent } from './release';

/** `libs/contracts/released`: one folder per version, never changed once it is there. */
export const releasedFolder = join(__dirname, '../../released');

const read = <T>(...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8')) as T;

/** The released versions, oldest first. */
export const releasedVersions = (folder = releasedFolder): string[] =>
  existsSync(folder) ? readdirSync(folder).sort((a, b) => a.localeCompare(b, 'en', { numeric: true })) : [];

/** Reads a version back as it was released. */
export function readRelease(version: string, folder = releasedFolder): Release {
  const home = join(folder, version);
  const index = read<Record<string, Omit<ReleasedEvent, 'schema'>>>(home, 'events.json');
  const events = Object.entries(index).map(([type, event]) => {
    return [type, { ...event, schema: read<JsonSchema>(home, 'schemas', `${type}.json`) }] as const;
  });
  return {
    topics: read(home, 'topics.json'),
    envelope: read(home, 'envelope.json'),
    events: Object.fromEntries(events),
  };
}

/** Writes a version. Throws where it is there already. */
export function writeRelease(version: string, release: Release, folder = releasedFolder): void {
  const home = join(folder, version);
  if (existsSync(home)) throw new Error(`${version} is released already; a change needs a new version.`);
  mkdirSync(join(home, 'schemas'), { recursive: true });
  const write = (name: string, value: unknown) =>
    writeFileSync(join(home, name), `${JSON.stringify(value, null, 2)}\n`);
  write('topics.json', release.topics);
  write('envelope.json', release.envelope);
  const index = Object.entries(release.events).map(([type, { topic, direction }]) => [type, { topic, direction }]);
  write('events.json', Object.fromEntries(index));
  for (const [type, { schema }] of Object.entries(release.events)) write(`schemas/${type}.json`, schema);
}
