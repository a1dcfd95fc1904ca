import { SIGNALS } from './registry';
import type { ParameterValues, SignalDefinition, SignalParameters, SignalSettings } from './signal';

/** What counts for one account: the settings with its segment's variant. */
export interface EffectiveSettings {
  readonly off: boolean;
  readonly values: ParameterValues;
}

/** The tenant's settings, else the signal's own; then what differs for the account's segment. */
export function effectiveSettings(
  definition: SignalDefinition,
  settings: SignalSettings | undefined,
  segment: string,
): EffectiveSettings {
  const segments = settings ? settings.segments : definition.variants;
  const word = segment.toLowerCase();
  const variant = segments && Object.hasOwn(segments, word) ? segments[word] : undefined;
  return {
    off: variant?.off ?? settings?.off ?? false,
    values: { ...definition.defaults, ...settings?.parameters, ...variant?.parameters },
  };
}

const kept = new WeakMap<SignalParameters, Map<string, readonly EffectiveSettings[]>>();

/** Of all signals in the catalogue's order; kept for as long as the parameters are the same object. */
export function settingsFor(parameters: SignalParameters, segment: string): readonly EffectiveSettings[] {
  const bySegment = kept.get(parameters) ?? new Map<string, readonly EffectiveSettings[]>();
  kept.set(parameters, bySegment);
  const known = bySegment.get(segment);
  if (known) return known;
  const all = SIGNALS.map((definition) => effectiveSettings(definition, parameters[definition.name], segment));
  bySegment.set(segment, all);
  return all;
}

/** One thing that is wrong with settings, by JSON pointer. */
export interface SettingsError {
  readonly pointer: string;
  readonly detail: string;
}

/** Everything that is wrong with a tenant's settings of a signal; empty: they can be used. */
export function settingsErrors(definition: SignalDefinition, settings: SignalSettings): SettingsError[] {
  return [
    ...parameterErrors(definition, settings.parameters ?? {}, '/parameters'),
    ...Object.entries(settings.segments ?? {}).flatMap(([segment, { parameters = {} }]) => [
      ...(segment === segment.toLowerCase() && segment.length > 0 && segment.length <= 100
        ? []
        : [
            {
              pointer: `/segments/${escaped(segment)}`,
              detail: 'A segment is named in lower case, with 1 to 100 letters.',
            },
          ]),
      ...parameterErrors(definition, parameters, `/segments/${escaped(segment)}/parameters`),
    ]),
  ];
}

function parameterErrors(definition: SignalDefinition, values: ParameterValues, at: string): SettingsError[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const detail = errorOf(definition, name, value);
    return detail === null ? [] : [{ pointer: `${at}/${escaped(name)}`, detail }];
  });
}

function errorOf(
  { name: signal, defaults, parameters }: SignalDefinition,
  name: string,
  value: unknown,
): string | null {
  const info = Object.hasOwn(defaults, name) ? parameters[name] : undefined;
  if (!info) return `${signal} has no parameter ${name}; it has ${Object.keys(defaults).join(', ') || 'none'}.`;
  if (typeof value !== typeof defaults[name]) return `${name} is a ${typeof defaults[name]}.`;
  if (typeof value !== 'number') return null;
  if (!(value >= info.min && value <= info.max)) return `${name} lies between ${info.min} and ${info.max}.`;
  return info.integer && !Number.isInteger(value) ? `${name} is a whole number.` : null;
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
