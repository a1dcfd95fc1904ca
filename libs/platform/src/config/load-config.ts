import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { validateSync, type ValidationError } from 'class-validator';
import { envFields, type EnvField } from './from-env';

export type Environment = Readonly<Record<string, string | undefined>>;
export type ConfigClass<T extends object = object> = new () => T;

/** Every fault of a configuration at once; the message is meant for the operator's terminal. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    readonly service: string,
    readonly faults: readonly string[],
  ) {
    const count = faults.length === 1 ? '1 error' : `${faults.length} errors`;
    super(`The configuration of ${service || 'this program'} has ${count}:\n${faults.map((f) => `  ${f}`).join('\n')}`);
  }
}

interface Reading {
  readonly field: EnvField;
  readonly name: string;
  readonly value: unknown;
  readonly shown: string;
  readonly fault?: string;
}

/**
 * Builds a validated configuration from the environment, the only place that reads it.
 * @param service the service's name; it fills the property `service` and `{SERVICE}` in variable names
 * @throws ConfigError naming every variable that is wrong, what was found (never a secret's value) and what is expected
 */
export function loadConfig<T extends object>(type: ConfigClass<T>, env: Environment = process.env, service = ''): T {
  const config = new type();
  if (service) Object.assign(config, { service });
  const readings = fieldsOf(type).map((field) => readField(type, field, env, service));
  for (const { field, value, fault } of readings) if (!fault) Object.assign(config, { [field.property]: value });
  const faults = readings.flatMap((reading) => (reading.fault ? [reading.fault] : []));
  faults.push(...validationFaults(config, readings));
  if (faults.length > 0) throw new ConfigError(service, faults);
  return config;
}

function fieldsOf(type: ConfigClass): EnvField[] {
  const byProperty = new Map<string, EnvField>();
  for (const field of envFields(type.prototype as object)) byProperty.set(field.property, field);
  return [...byProperty.values()];
}

function readField(type: ConfigClass, field: EnvField, env: Environment, service: string): Reading {
  const names = field.names.map((name) => name.replace('{SERVICE}', service.toUpperCase().replaceAll('-', '_')));
  const name = names.find((candidate) => isSet(env, candidate, field)) ?? names[0] ?? field.property;
  try {
    const text = textOf(env, name, field) ?? fallbackOf(field, service);
    const shown = text === undefined ? 'is not set' : field.secret ? 'is wrong' : `is ${JSON.stringify(text)}`;
    return { field, name, shown, value: text === undefined ? undefined : convert(type, field, text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { field, name, shown: '', value: undefined, fault: `${name} ${reason}` };
  }
}

function fallbackOf({ fallback }: EnvField, service: string): string | undefined {
  return typeof fallback === 'function' ? fallback(service) : fallback;
}

function isSet(env: Environment, name: string, field: EnvField): boolean {
  return Boolean(env[name]) || (field.secret && Boolean(env[`${name}_FILE`]));
}

function textOf(env: Environment, name: string, field: EnvField): string | undefined {
  const file = field.secret ? env[`${name}_FILE`] : undefined;
  if (env[name] || !file) return env[name] || undefined;
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    throw new Error(`cannot be read from the file that ${name}_FILE names (${file})`);
  }
}

function convert(type: ConfigClass, field: EnvField, text: string): unknown {
  if (field.parse) return field.parse(text);
  const declared: unknown = Reflect.getMetadata('design:type', type.prototype as object, field.property);
  if (declared === Number) return text.trim() === '' ? Number.NaN : Number(text);
  if (declared === Array) return splitList(text);
  return declared === Boolean ? toBoolean(text) : text;
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function toBoolean(text: string): boolean {
  if (['1', 'true', 'yes', 'on'].includes(text.toLowerCase())) return true;
  if (['0', 'false', 'no', 'off'].includes(text.toLowerCase())) return false;
  throw new Error(`is ${JSON.stringify(text)}, expected: 1 or 0`);
}

function validationFaults(config: object, readings: readonly Reading[]): string[] {
  const byProperty = new Map(readings.map((reading) => [reading.field.property, reading]));
  return validateSync(config, { forbidUnknownValues: false }).flatMap((error) => {
    const reading = byProperty.get(error.property);
    if (reading?.fault) return [];
    return [`${reading?.name ?? error.property} ${reading?.shown ?? 'is wrong'}, expected: ${expectation(error)}`];
  });
}

function expectation(error: ValidationError): string {
  const messages = Object.values(error.constraints ?? {}).map((text) => text.replaceAll(`${error.property} `, ''));
  const nested = (error.children ?? []).map(expectation);
  return [...messages, ...nested].filter((text) => text !== '').join('; ');
}
