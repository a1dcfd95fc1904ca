import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Runs one tier of the tests.
 * @returns {Promise<{passed: number, failed: number, details: string[]}>} counted from Jest's own report
 */
export async function runJest(tier, { folder, args = [], env = {} }) {
  const report = join(folder, `${tier}.json`);
  rmSync(report, { force: true });
  const jest = ['--selectProjects', tier, '--ci', '--json', `--outputFile=${report}`, ...args];
  const { output } = await run('jest', jest, { env });
  if (!existsSync(report)) return { passed: 0, failed: 1, details: [output] };
  return count(JSON.parse(readFileSync(report, 'utf8')));
}

/** A test that was skipped is a test that proved nothing: it counts as failed. So does a file that could not be run. */
function count({ testResults, numPassedTests, numTotalTests, numRuntimeErrorTestSuites, openHandles = [] }) {
  const notPassed = numTotalTests - numPassedTests;
  const none = numTotalTests === 0 ? 1 : 0;
  return {
    passed: numPassedTests,
    failed: notPassed + numRuntimeErrorTestSuites + none + openHandles.length,
    details: none ? ['There are no tests of this kind.'] : testResults.flatMap(detailsOf),
  };
}

function detailsOf({ name, message, assertionResults }) {
  const file = relative(root, name);
  const broken = assertionResults.filter(({ status }) => status !== 'passed');
  if (assertionResults.length === 0) return message ? [`${file}\n${message}`] : [];
  return broken.map(({ fullName, status, failureMessages }) =>
    [`${file}: ${fullName}${status === 'failed' ? '' : ` (${status})`}`, ...failureMessages].join('\n'),
  );
}
