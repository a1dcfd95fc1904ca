import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromFile, Parser } from '@asyncapi/parser';
import { asyncapi } from './asyncapi';
import { currentRelease } from './release';
import { releasedFolder, releasedVersions } from './released-folder';

const file = join(releasedFolder, '../asyncapi.yaml');
const release = currentRelease();

describe('asyncapi.yaml', () => {
  it('is what the newest release gives', () => {
    expect(readFileSync(file, 'utf8')).toBe(asyncapi(releasedVersions().at(-1)!, release));
  });

  it('is a valid AsyncAPI 3.1.0 document with every topic and event', async () => {
    const { document, diagnostics } = await fromFile(new Parser(), file).parse();
    expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual([]);
    expect(document?.version()).toBe('3.1.0');
    const addresses =
      document
        ?.channels()
        .all()
        .map((channel) => channel.address()) ?? [];
    expect(new Set(addresses)).toEqual(new Set(release.topics.map(({ name }) => name)));
    const names =
      document
        ?.messages()
        .all()
        .map((message) => message.name()) ?? [];
    expect(new Set(names)).toEqual(new Set(Object.keys(release.events)));
    expect(document?.operations().all()).toHaveLength(release.topics.length);
  }, 60_000);
});
