import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncapi } from './asyncapi';
import { breaks } from './compatibility';
import { currentRelease } from './release';
import { readRelease, releasedFolder, releasedVersions, writeRelease } from './released-folder';

/** `npm run release -w libs/contracts -- 1.1.0`: freezes what the code says now as that version. */
function main(version: string | undefined): void {
  if (!version || !/^\d+\.\d+\.\d+$/.test(version)) throw new Error('Name the version to write, like 1.1.0.');
  const current = currentRelease();
  const sameMajor = releasedVersions().filter((one) => one.split('.')[0] === version.split('.')[0]);
  const broken = sameMajor.flatMap((one) => breaks(readRelease(one), current));
  if (broken.length > 0) throw new Error(`This breaks what is released:\n${[...new Set(broken)].join('\n')}`);
  writeRelease(version, current);
  writeFileSync(join(releasedFolder, '../asyncapi.yaml'), asyncapi(version, current));
  process.stdout.write(`Released ${version}: ${Object.keys(current.events).length} events.\n`);
}

main(process.argv[2]);
