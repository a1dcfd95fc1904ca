import { runTenure } from './tenure.controller';

// `tenure tail | head`: whoever reads has had enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

void runTenure(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
