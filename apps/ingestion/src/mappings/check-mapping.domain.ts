import { type EventDefinition, eventByType } from '@tenure/contracts';

import { checkConditions } from './check-condition.domain';
import { checkExpression } from './check-expression.domain';
import { Faults, isFields, type Fields, type Fault } from './faults.domain';
import type { Mapping } from './mapping.domain';
import { isPointer, step } from './pointer.domain';

const mostBytes = 128 * 1024;
const naming = ['accountId', 'accountRef', 'accountDomain', 'userId', 'anonymousId', 'accountIds'];
const ruleFields = ['name', 'when', 'needs', 'each', 'emit', 'reject', 'ping'];
const emissionFields = ['event', 'when', 'id', 'time', 'sequence', 'data'];

export type Checked =
  { readonly ok: true; readonly mapping: Mapping } | { readonly ok: false; readonly faults: Fault[] };

/** Whether a document is a mapping. Every fault is told with the pointer to where it stands. */
export function checkMapping(document: unknown): Checked {
  const faults = new Faults();
  if (!isFields(document)) faults.add('', 'wrong-type', 'A mapping is a JSON object with "rules".');
  else if (JSON.stringify(document).length > mostBytes) faults.add('', 'too-long', 'A mapping may have 128 KB.');
  else checkDocument(document, faults);
  return faults.list.length === 0
    ? { ok: true, mapping: document as unknown as Mapping }
    : { ok: false, faults: faults.list };
}

function checkDocument(document: Fields, faults: Faults): void {
  faults.onlyKnows(document, ['unwrap', 'rules'], '');
  if (document['unwrap'] !== undefined) {
    faults.each(document['unwrap'], '/unwrap', 20, (path, at) => {
      if (typeof path !== 'string' || !isPointer(path)) faults.add(at, 'wrong-format', 'This must be a JSON pointer.');
    });
  }
  const rules = faults.each(document['rules'], '/rules', 100, (rule, at) => checkRule(rule, at, faults));
  if (rules === 0) faults.add('/rules', 'empty', 'A mapping needs at least one rule.');
}

function checkRule(rule: unknown, at: string, faults: Faults): void {
  if (!isFields(rule)) return faults.add(at, 'wrong-type', 'A rule is an object.');
  faults.onlyKnows(rule, ruleFields, at);
  faults.text(rule['name'], `${at}/name`, 100);
  checkConditions(rule['when'], `${at}/when`, faults);
  if (rule['each'] !== undefined) faults.path(rule['each'], `${at}/each`);
  if (rule['needs'] !== undefined) checkNeeds(rule['needs'], `${at}/needs`, faults);
  const what = ['emit', 'reject', 'ping'].filter((name) => rule[name] !== undefined);
  if (what.length !== 1) return faults.add(at, 'wrong-value', 'A rule has exactly one of emit, reject and ping.');
  if (rule['reject'] !== undefined) checkRejection(rule['reject'], `${at}/reject`, ['code', 'detail'], faults);
  if (rule['ping'] !== undefined && rule['ping'] !== true) faults.add(`${at}/ping`, 'wrong-value', 'ping may be true.');
  if (rule['emit'] === undefined) return;
  const count = faults.each(rule['emit'], `${at}/emit`, 20, (each, here) => checkEmission(each, here, faults));
  if (count === 0) faults.add(`${at}/emit`, 'empty', 'emit needs at least one event.');
}

function checkRejection(value: unknown, at: string, names: readonly string[], faults: Faults): value is Fields {
  if (!isFields(value)) {
    faults.add(at, 'wrong-type', 'This is an object with code and detail.');
    return false;
  }
  faults.onlyKnows(value, names, at);
  faults.text(value['detail'], `${at}/detail`, 500);
  if (typeof value['code'] !== 'string' || !/^[a-z][a-z0-9-]{1,49}$/.test(value['code'])) {
    faults.add(`${at}/code`, 'wrong-format', 'A code is a word of small letters, digits and dashes, like read-again.');
  }
  return true;
}

function checkNeeds(value: unknown, at: string, faults: Faults): void {
  if (!checkRejection(value, at, ['paths', 'code', 'detail'], faults)) return;
  faults.each(value['paths'], `${at}/paths`, 50, (path, here) => faults.path(path, here));
}

function checkEmission(emission: unknown, at: string, faults: Faults): void {
  if (!isFields(emission)) return faults.add(at, 'wrong-type', 'This is an object with event and data.');
  faults.onlyKnows(emission, emissionFields, at);
  checkConditions(emission['when'], `${at}/when`, faults);
  for (const name of ['id', 'time', 'sequence']) {
    if (emission[name] !== undefined) checkExpression(emission[name], `${at}/${name}`, faults);
  }
  const definition = checkType(emission['event'], `${at}/event`, faults);
  const data = emission['data'];
  if (typeof data === 'string') faults.path(data, `${at}/data`);
  else if (!isFields(data)) faults.add(`${at}/data`, 'wrong-type', 'data is an object of fields, or a path.');
  else checkData(data, `${at}/data`, definition, faults);
}

function checkType(type: unknown, at: string, faults: Faults): EventDefinition | undefined {
  if (typeof type === 'string' && !type.startsWith('tenure.')) {
    faults.path(type, at);
    return undefined;
  }
  const definition = typeof type === 'string' ? eventByType(type) : undefined;
  if (definition?.direction === 'input') return definition;
  faults.add(at, 'unknown-type', 'There is no input event of this type.');
  return undefined;
}

interface EventSchema {
  readonly properties?: Readonly<Record<string, { enum?: readonly unknown[] }>>;
  readonly required?: readonly string[];
}

function checkData(data: Fields, at: string, definition: EventDefinition | undefined, faults: Faults): void {
  const { properties = {}, required = [] } = (definition?.schema ?? {}) as EventSchema;
  for (const [name, expression] of Object.entries(data)) {
    const here = at + step(name);
    if (definition && !(name in properties) && !naming.includes(name)) {
      faults.add(here, 'unknown-field', `${definition.type} has no field ${name}.`);
    }
    checkExpression(expression, here, faults, properties[name]?.enum);
  }
  if (!definition) return;
  for (const name of required) {
    if (name === 'accountId' || data[name] !== undefined) continue;
    faults.add(at, 'missing-field', `${definition.type} needs the field ${name}.`);
  }
  if (naming.some((name) => data[name] !== undefined)) return;
  faults.add(
    at,
    'account-not-named',
    'The account has to be named: by accountId, accountRef, accountDomain or userId.',
  );
}
