// What every script needs before it can load anything: the packages of the lockfile, and Node 24. Runs on Node 20 with
// nothing installed, so it imports nothing from npm.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { note, Trouble } from './say.mjs';
import { root } from './paths.mjs';

const oldestNode = [24, 11];
const oldestToBegin = 20;
const bin = join(root, 'node_modules', '.bin');

/** Runs `body` under Node 24 with all packages there: installs what is missing and re-executes the script if need be. */
export async function withToolchain(body) {
  const [major] = versionOf(process.versions.node);
  if (major < oldestToBegin) throw new Trouble(`Node 20 or newer is needed to begin, this is ${process.version}.`);
  if (!isInstalled()) install();
  // The tools' own first lines say `env node`: they must find the same Node.
  if (!process.env.PATH?.startsWith(bin)) process.env.PATH = bin + delimiter + process.env.PATH;
  if (isOld(process.versions.node)) return reExecute();
  endWithParent();
  return body();
}

const versionOf = (text) => text.split('.').map(Number);

function isOld(version) {
  const [major, minor] = versionOf(version);
  return major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
}

// npm keeps a second lockfile of what it has put into node_modules.
function isInstalled() {
  const installed = packagesIn('node_modules/.package-lock.json');
  if (!installed) return false;
  return Object.entries(packagesIn('package-lock.json') ?? {}).every(([path, wanted]) => {
    const isPackage = path.includes('node_modules/') && !wanted.link && !wanted.optional && !wanted.devOptional;
    return !isPackage || wanted.peer || installed[path]?.version === wanted.version;
  });
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return null;
  }
}

function install() {
  note('Installing packages (npm ci), a minute or two …');
  const npm = spawnSync('npm', ['ci', '--loglevel=error', '--no-fund', '--no-audit'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0)
    throw new Trouble('The packages could not be installed: `npm ci` failed, its reason stands above.');
}

function reExecute() {
  const node = join(bin, 'node');
  if (!existsSync(node)) {
    throw new Trouble(
      `Node ${oldestNode.join('.')} or newer is needed, this is ${process.version} (.nvmrc names one).`,
    );
  }
  const child = spawn(node, ['--disable-warning=TimeoutNegativeWarning', ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // From a terminal the child hears Ctrl-C itself; it takes signals that come close together as one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  endWithParent();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.exitCode = signal ? 1 : code;
      resolve();
    });
  });
}

/** If whoever started us (npm, or the process that re-executed us) is killed, we end as on SIGTERM. */
function endWithParent() {
  const end = () => process.emit('SIGTERM');
  if (process.connected) {
    process.channel?.unref();
    process.once('disconnect', end);
  } else if (process.env.npm_lifecycle_event) {
    const before = ancestors();
    setInterval(() => ancestors() !== before && end(), 1000).unref();
  }
}

/** Parent and, where the system tells, grandparent: npm puts a shell between itself and us. */
function ancestors() {
  try {
    return `${process.ppid} ${readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ')[1].split(' ')[1]}`;
  } catch {
    return String(process.ppid);
  }
}
