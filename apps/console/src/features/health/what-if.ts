import {
  FEATURE_NAMES,
  type Band,
  type FeatureName,
  type Features,
  type ModelFile,
  score,
  withVersion,
} from '@tenure/scoring/what-if';

/** `GET /api/v1/models/what-if`: the numbers of an account as the live score reads them. */
export interface WhatIfAccount {
  accountId: string;
  name: string | null;
  arr: number | null;
  currency: string | null;
  asOf: string;
  segment: string | null;
  stage: string | null;
  band: Band | null;
  score: number | null;
  values: Record<FeatureName, number | null>;
}

/** An account under the model in force and under the one that is being edited. */
export interface WhatIfRow {
  account: WhatIfAccount;
  before: { score: number | null; band: Band };
  after: { score: number | null; band: Band };
  /** After − before, in points; 0 where either has no score. */
  change: number;
}

/** Scores every account by both models, with the function that the live score is made with; the largest change first. */
export function whatIf(accounts: readonly WhatIfAccount[], current: ModelFile, edited: ModelFile): WhatIfRow[] {
  const [old, now] = [withVersion(current), withVersion(edited)];
  const rows = accounts.map((account) => {
    const features = featuresOf(account);
    const context = account.band ? { previousBand: account.band } : {};
    const [before, after] = [score(features, old, context), score(features, now, context)];
    const change = before.score === null || after.score === null ? 0 : after.score - before.score;
    return { account, before, after, change: Math.round(change * 100) / 100 };
  });
  return rows.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
}

function featuresOf({ asOf, segment, stage, values }: WhatIfAccount): Features {
  const entries = FEATURE_NAMES.map(
    (name) => [name, { value: values[name] ?? null, reason: '', evidence: [] }] as const,
  );
  return { asOf, segment, stage, values: Object.fromEntries(entries) as unknown as Features['values'] };
}

/** '3 of 50 change band' and the like, for a headline. */
export function whatIfSentence(rows: readonly WhatIfRow[]): string {
  const moved = rows.filter(({ change }) => change !== 0).length;
  const bands = rows.filter(({ before, after }) => before.band !== after.band).length;
  if (moved === 0 && bands === 0) return `No score changes among the ${rows.length} largest accounts.`;
  return `${moved} of the ${rows.length} largest accounts get another score, ${bands} another band.`;
}

/** The file with one measure changed. */
export function withMeasure(file: ModelFile, name: string, change: Partial<ModelFile['measures'][number]>): ModelFile {
  return {
    ...file,
    measures: file.measures.map((measure) => (measure.name === name ? { ...measure, ...change } : measure)),
  };
}

/** The next number of the model: a published content is never changed, its successor is. */
export function successor(file: ModelFile, taken: readonly { name: string; number: number }[]): ModelFile {
  const numbers = taken.filter(({ name }) => name === file.name).map(({ number }) => number);
  return { ...file, number: Math.max(file.number, ...numbers) + 1 };
}
