// npm test: all that is checked, from types to journeys in a browser, on a clean clone. The last line counts.
// `npm test -- types unit` does only the steps with these words in their names.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript, say, Trouble } from './lib/say.mjs';
import { withToolchain } from './lib/toolchain.mjs';

const total = { passed: 0, failed: 0 };
const wanted = process.argv.slice(2);

async function step(name, work) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) return;
  const begun = Date.now();
  const { passed, failed, details } = await work().catch((error) => ({
    passed: 0,
    failed: 1,
    details: [error instanceof Trouble ? error.message : (error.stack ?? String(error))],
  }));
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  const counts = [passed && `${passed} passed`, failed && `${failed} failed`].filter(Boolean).join(', ');
  say(`${failed ? '✗' : '✓'} ${name}: ${counts} (${seconds} s)`);
  if (failed) for (const text of details) say(indent(text));
  total.passed += passed;
  total.failed += failed;
}

const indent = (text) => text.trimEnd().replaceAll(/^/gm, '    ');

async function once({ check }) {
  const { ok, output } = await check();
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, details: [output] };
}

async function testAll(folder) {
  const { buildCheck, staticChecks } = await import('./lib/checks.mjs');
  const { findChromium } = await import('./lib/chromium.mjs');
  const { runJest } = await import('./lib/jest-run.mjs');
  for (const check of staticChecks) await step(check.name, () => once(check));
  await step('unit tests', () => runJest('unit', { folder }));
  await step(buildCheck.name, () => once(buildCheck));
  await step('integration tests', () => runJest('int', { folder }));
  await step('journeys', async () =>
    // One after the other: each file has the whole stack to itself.
    runJest('e2e', { folder, args: ['--maxWorkers=1'], env: { CHROMIUM_PATH: await findChromium() } }),
  );
}

await runScript(() =>
  withToolchain(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenure-test-'));
    try {
      await testAll(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    say(`${total.passed} passed, ${total.failed} failed`);
    process.exitCode = total.failed > 0 ? 1 : 0;
  }),
);
