import { type Faults, isFields } from './faults.domain';

const tests = ['is', 'in', 'startsWith', 'has', 'exists'];
const deepest = 8;

/** The conditions of a `when` or `where`. */
export function checkConditions(value: unknown, at: string, faults: Faults, depth = 0): void {
  if (value === undefined) return;
  if (depth > deepest) return faults.add(at, 'too-deep', `Conditions may be nested ${deepest} levels deep.`);
  faults.each(value, at, 50, (condition, here) => checkCondition(condition, here, faults, depth));
}

function checkCondition(condition: unknown, at: string, faults: Faults, depth: number): void {
  if (!isFields(condition)) return faults.add(at, 'wrong-type', 'A condition is an object.');
  faults.onlyKnows(condition, ['path', ...tests, 'any', 'none'], at);
  for (const name of ['any', 'none']) {
    if (condition[name] === undefined) continue;
    if (Object.keys(condition).length > 1) faults.add(at, 'wrong-value', `${name} stands alone in its condition.`);
    return checkConditions(condition[name], `${at}/${name}`, faults, depth + 1);
  }
  faults.path(condition['path'], `${at}/path`);
  const said = tests.filter((name) => condition[name] !== undefined);
  if (said.length === 0) faults.add(at, 'missing-field', `A condition says one of ${tests.join(', ')}.`);
  if (condition['in'] !== undefined) faults.each(condition['in'], `${at}/in`, 200, () => undefined);
  for (const name of ['startsWith', 'has']) {
    if (condition[name] !== undefined) faults.text(condition[name], `${at}/${name}`, 200);
  }
  if (condition['exists'] !== undefined && typeof condition['exists'] !== 'boolean') {
    faults.add(`${at}/exists`, 'wrong-type', 'exists must be true or false.');
  }
}
