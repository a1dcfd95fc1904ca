import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { events, topics } from '@tenure/contracts';

const root = resolve(__dirname, '../../..');
const services = ['gateway', 'ingestion', 'health', 'renewals', 'notifications', 'reporting'];
const roles =
  'controller consumer handler domain repository entity read-model projection dto job client guard migration module config';
const tests = ['spec', 'int.spec', 'e2e.spec'];

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesIn = (app: string): string[] =>
  globSync('**/*.ts', { cwd: join(root, 'apps', app, 'src') }).map((path) => join('apps', app, 'src', path));
const inFolder = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, folder, entry.name, 'package.json')))
    .map(({ name }) => name);

describe.each(services)('The service %s', (service) => {
  const sources = filesIn(service);
  const production = sources.filter((path) => !path.endsWith('.spec.ts'));

  it('begins in a main of at most ten lines, beside its definition', () => {
    expect(textOf(`apps/${service}/src/main.ts`).trimEnd().split('\n').length).toBeLessThanOrEqual(10);
    expect(production.filter((path) => path.endsWith('.service.ts'))).toEqual([
      `apps/${service}/src/${service}.service.ts`,
    ]);
  });

  it('tells in its README what every README tells', () => {
    const headings = textOf(`apps/${service}/README.md`).match(/^#{1,2} .*$/gm);
    const name = `# ${service[0]?.toUpperCase()}${service.slice(1)}`;
    const others = ['## What it does', '## Topics', '## HTTP', '## Tables', '## Configuration'];
    expect(headings).toEqual([name, ...others]);
  });

  it('names every file by its role', () => {
    const suffixes = new Set([...roles.split(' '), ...tests]);
    const own = new Set(['main.ts', `${service}.service.ts`]);
    const odd = sources.filter((path) => !own.has(basename(path)) && !suffixes.has(suffixOf(path)));
    expect(odd).toEqual([]);
  });

  it('consumes topics, and publishes events, of the contracts only', () => {
    for (const path of production) {
      const text = textOf(path);
      for (const [, name] of text.matchAll(/@Consume\(topics\.(\w+)/g)) expect(Object.keys(topics)).toContain(name);
      expect({ path, byHand: text.match(/@Consume\((?!topics\.)[^)]*\)/g) }).toEqual({ path, byHand: null });
      const names = [...text.matchAll(/['"]([a-z-]+\.v1)['"]/g)].map(([, name]) => name);
      expect({ path, names }).toEqual({ path, names: [] });
    }
  });

  it('tells of every topic that it consumes', () => {
    const readme = textOf(`apps/${service}/README.md`);
    const consumed = production.flatMap((path) =>
      [...textOf(path).matchAll(/@Consume\(topics\.(\w+)/g)].map(
        ([, name]) => topics[name as keyof typeof topics].name,
      ),
    );
    expect(consumed.filter((name) => !readme.includes(name.replace(/\.v1$/, '')))).toEqual([]);
  });
});

describe('Every migration', () => {
  const migrations = globSync('{apps,libs}/*/src/**/*.migration.ts', { cwd: root });

  it.each(migrations)('%s has a way back', (path) => {
    const [up, down] = ['up', 'down'].map((way) => textOf(path).match(new RegExp(`^\\s+(async )?${way}\\(`, 'gm')));
    expect(up?.length).toBeGreaterThan(0);
    expect(down?.length).toBe(up?.length);
    expect(textOf(path)).not.toMatch(/down\([^)]*\)[^{]*\{\s*\}/);
  });
});

describe('Every project', () => {
  const projects = ['apps', 'libs'].flatMap((folder) => inFolder(folder).map((name) => `${folder}/${name}`));

  it.each(projects)('%s has a name and tags by which its boundaries are known', (project) => {
    const { name, nx } = JSON.parse(textOf(`${project}/package.json`)) as { name: string; nx?: { tags?: string[] } };
    expect(name).toBe(`@tenure/${basename(project)}`);
    expect(nx?.tags).toContainEqual(expect.stringMatching(/^type:(service|lib|tool|console|test)$/));
  });

  it('is one of those that the design knows', () => {
    const apps = [...services, 'console', 'cli', 'simulator', 'e2e'];
    expect(inFolder('apps').toSorted()).toEqual(apps.toSorted());
    expect(inFolder('libs').toSorted()).toEqual(['contracts', 'platform', 'scoring', 'testing']);
  });
});

describe('The contracts', () => {
  it('have a released schema for every event', () => {
    const released = globSync('libs/contracts/released/*/schemas/*.json', { cwd: root }).map((path) =>
      basename(relative(root, path), '.json'),
    );
    expect(events.map(({ type }) => type).filter((type) => !released.includes(type))).toEqual([]);
  });
});

/** `read-model` of `usage.read-model.ts`, `int.spec` of `usage.int.spec.ts`. */
function suffixOf(path: string): string {
  const [, ...parts] = basename(path, '.ts').split('.');
  return tests.includes(parts.slice(-2).join('.')) ? parts.slice(-2).join('.') : (parts.at(-1) ?? '');
}
