import type { BandEdge, Cap, Curve, Measure, ModelFile, Variant } from './model';

/** One difference between two models, in words a CS leader reads, and where it stands in the newer file. */
export interface ModelChange {
  /** JSON pointer into the newer file (into the older one for what is gone). */
  readonly pointer: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly sentence: string;
}

/** What a change from one model to another means, measure by measure; empty for models of equal content. */
export function diffModels(before: ModelFile, after: ModelFile): ModelChange[] {
  return [
    ...number(before, after, 'onboardingDays', 'Onboarding lasts', ' days'),
    ...number(before, after, 'coverageFloor', 'The band is unknown below a coverage of', ''),
    ...bands(before, after),
    ...measures(before, after),
    ...variants(before, after),
    ...caps(before, after),
  ];
}

const share = (weight: number, file: ModelFile) => {
  const total = file.measures.reduce((sum, measure) => sum + measure.weight, 0);
  return total > 0 ? `${Math.round((1000 * weight) / total) / 10} %` : '0 %';
};
const points = (curve: Curve) => curve.map(([x, y]) => `${x} → ${y}`).join(', ');
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function number(
  before: ModelFile,
  after: ModelFile,
  field: 'onboardingDays' | 'coverageFloor',
  words: string,
  unit: string,
): ModelChange[] {
  if (before[field] === after[field]) return [];
  return [changed(`/${field}`, `${words} ${after[field]}${unit} instead of ${before[field]}${unit}.`)];
}

function bands(before: ModelFile, after: ModelFile): ModelChange[] {
  return (['green', 'yellow'] as const).flatMap((band) => {
    const [old, now]: [BandEdge, BandEdge] = [before.bands[band], after.bands[band]];
    if (same(old, now)) return [];
    const text = `${capital(band)} begins at ${now.enter} and is left below ${now.leave} (it was ${old.enter} and ${old.leave}).`;
    return [changed(`/bands/${band}`, text)];
  });
}

function measures(before: ModelFile, after: ModelFile): ModelChange[] {
  const { gone, common, fresh } = matched(before.measures, after.measures);
  return [
    ...gone.map(({ item, index }) => removed(`/measures/${index}`, `${item.name} no longer counts.`)),
    ...fresh.map(({ item, index }) =>
      added(
        `/measures/${index}`,
        `${item.name} counts ${share(item.weight, after)}: ${item.metric} gives ${points(item.curve)}.`,
      ),
    ),
    ...common.flatMap(({ old, now, index }) => measure(old, now, `/measures/${index}`, before, after)),
  ];
}

function measure(old: Measure, now: Measure, pointer: string, before: ModelFile, after: ModelFile): ModelChange[] {
  const found: ModelChange[] = [];
  if (old.weight !== now.weight) {
    const way = now.weight > old.weight ? 'rises' : 'falls';
    const shares = `${share(old.weight, before)} of all to ${share(now.weight, after)}`;
    found.push(
      changed(`${pointer}/weight`, `The weight of ${now.name} ${way} from ${old.weight} to ${now.weight} (${shares}).`),
    );
  }
  if (old.metric !== now.metric)
    found.push(changed(`${pointer}/metric`, `${now.name} reads ${now.metric} instead of ${old.metric}.`));
  if (!same(old.curve, now.curve)) {
    const text = `The curve of ${now.name} is ${points(now.curve)}; it was ${points(old.curve)}.`;
    found.push(changed(`${pointer}/curve`, text));
  }
  if (old.group !== now.group)
    found.push(changed(`${pointer}/group`, `${now.name} stands in the group ${now.group} instead of ${old.group}.`));
  return found;
}

function variants(before: ModelFile, after: ModelFile): ModelChange[] {
  const { gone, common, fresh } = matched(before.variants ?? [], after.variants ?? []);
  return [
    ...gone.map(({ item, index }) => removed(`/variants/${index}`, `The variant ${item.name} is gone.`)),
    ...fresh.map(({ item, index }) => added(`/variants/${index}`, `A variant ${item.name} for ${who(item)}.`)),
    ...common.flatMap(({ old, now, index }) =>
      same(old, now) ? [] : [changed(`/variants/${index}`, `The variant ${now.name} for ${who(now)} changed.`)],
    ),
  ];
}

const who = ({ when }: Variant) =>
  [when.segment && `segment ${when.segment}`, when.stage && `stage ${when.stage}`].filter(Boolean).join(', ') ||
  'all accounts';

function caps(before: ModelFile, after: ModelFile): ModelChange[] {
  const { gone, common, fresh } = matched(before.caps ?? [], after.caps ?? []);
  return [
    ...gone.map(({ item, index }) => removed(`/caps/${index}`, `The cap ${item.name} is gone.`)),
    ...fresh.map(({ item, index }) => added(`/caps/${index}`, `${cap(item)}.`)),
    ...common.flatMap(({ old, now, index }) =>
      same(old, now) ? [] : [changed(`/caps/${index}`, `${cap(now)}; it was: ${cap(old)}.`)],
    ),
  ];
}

function cap({ name, when, at }: Cap): string {
  const from = when.atLeast === undefined ? '' : ` from ${when.atLeast}`;
  const to = when.atMost === undefined ? '' : ` up to ${when.atMost}`;
  return `${capital(name)} caps the score at ${at} (${when.metric}${from}${to})`;
}

function matched<T extends { readonly name: string }>(before: readonly T[], after: readonly T[]) {
  const indexed = (list: readonly T[]) => list.map((item, index) => ({ item, index }));
  return {
    gone: indexed(before).filter(({ item }) => !after.some((other) => other.name === item.name)),
    fresh: indexed(after).filter(({ item }) => !before.some((other) => other.name === item.name)),
    common: indexed(after).flatMap(({ item, index }) => {
      const old = before.find((other) => other.name === item.name);
      return old ? [{ old, now: item, index }] : [];
    }),
  };
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const changed = (pointer: string, sentence: string): ModelChange => ({ pointer, kind: 'changed', sentence });
const added = (pointer: string, sentence: string): ModelChange => ({ pointer, kind: 'added', sentence });
const removed = (pointer: string, sentence: string): ModelChange => ({ pointer, kind: 'removed', sentence });
