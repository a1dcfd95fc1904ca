/** A feature groups event names; a key feature is one that the tenant ties to outcomes. Health owns them. */
export interface Feature {
  feature: string;
  names: string[];
  key: boolean;
}

/** The feature that an event name counts to. */
export function featureOf(features: readonly Feature[], name: string): Feature | undefined {
  return features.find((each) => each.names.includes(name));
}

/** The name counts to this feature alone; without one, to none. Features without names vanish. */
export function withFeature(features: readonly Feature[], name: string, feature: string | null): Feature[] {
  const wasKey = featureOf(features, name)?.key ?? false;
  const without = features
    .map((each) => ({ ...each, names: each.names.filter((other) => other !== name) }))
    .filter((each) => each.names.length > 0);
  if (feature === null) return without;
  const known = without.find((each) => each.feature === feature);
  if (known) return without.map((each) => (each === known ? { ...each, names: [...each.names, name] } : each));
  return [...without, { feature, names: [name], key: wasKey }];
}

/** The feature of the name is a key feature, or is none any more; a name without one gets one of its own. */
export function withKey(features: readonly Feature[], name: string, key: boolean): Feature[] {
  const own = featureOf(features, name);
  if (!own) return key ? [...features, { feature: name, names: [name], key }] : [...features];
  const onlyItself = own.names.length === 1 && own.feature === name;
  // Made only to be marked: without the mark it says nothing.
  if (!key && onlyItself) return features.filter((each) => each !== own);
  return features.map((each) => (each === own ? { ...each, key } : each));
}
