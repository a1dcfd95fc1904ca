// npm start: Tenure on this machine. `-- --no-demo` starts it empty, `--only gateway,health` these services alone.
import { parseArgs } from 'node:util';
import { runScript } from './lib/say.mjs';
import { withToolchain } from './lib/toolchain.mjs';

await runScript(() =>
  withToolchain(async () => {
    const { values } = parseArgs({
      options: { demo: { type: 'boolean', default: true }, only: { type: 'string' } },
      allowNegative: true,
    });
    const { startStack } = await import('./lib/stack.mjs');
    await startStack(values);
  }),
);
