import 'reflect-metadata';

/** The text to use when no variable is set, possibly by the service's name. */
export type Fallback = string | ((service: string) => string | undefined);

/** How one property of a configuration class is read from the environment. */
export interface EnvField {
  readonly property: string;
  /** Tried in this order; `{SERVICE}` stands for the service's name in capitals. */
  readonly names: readonly string[];
  readonly fallback: Fallback | undefined;
  /** A secret may come from a file (`NAME_FILE`) and is never printed. */
  readonly secret: boolean;
  readonly parse: ((text: string) => unknown) | undefined;
}

export interface EnvOptions {
  readonly secret?: boolean;
  /** Turns the text into the value; throws an Error that says what was expected. */
  readonly parse?: (text: string) => unknown;
}

const FIELDS = Symbol('tenure:env-fields');

/**
 * Reads a property of a configuration class from an environment variable. Text becomes number, boolean (`1`, `true`,
 * `0`, `false`) or a list (comma separated) by the property's declared type; an empty variable counts as not set.
 * @param name a variable, or several in order of preference
 * @param fallback the text to use when none is set; without it the property stays undefined and class-validator decides
 */
export function FromEnv(
  name: string | readonly string[],
  fallback?: Fallback,
  options: EnvOptions = {},
): PropertyDecorator {
  return (target, property) => {
    const field: EnvField = {
      property: String(property),
      names: typeof name === 'string' ? [name] : name,
      fallback,
      secret: options.secret ?? false,
      parse: options.parse,
    };
    Reflect.defineMetadata(FIELDS, [...envFields(target), field], target);
  };
}

/** The fields declared on a configuration class's prototype and on those it extends, the farthest first: a nearer declaration wins. */
export function envFields(prototype: object): readonly EnvField[] {
  const found: unknown = Reflect.getMetadata(FIELDS, prototype);
  return Array.isArray(found) ? (found as EnvField[]) : [];
}
