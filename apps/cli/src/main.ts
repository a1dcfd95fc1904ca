import { runTenure } from './tenure.controller';

void runTenure(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
