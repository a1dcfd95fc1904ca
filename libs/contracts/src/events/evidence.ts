import { Type, type Static } from 'typebox';
import { ids, line, nullable, url } from '../fields';

const figure = Type.Unsafe<number | string | null>({ type: ['number', 'string', 'null'], maxLength: 500 });

/** One number behind a judgement, with what it is compared to and the ids it was counted from. */
export const evidence = Type.Object({
  label: line,
  metric: nullable(line),
  value: figure,
  baseline: figure,
  threshold: figure,
  unit: nullable(line),
  /** The time it was taken over, in words: "14 days to 2026-05-03". */
  window: nullable(line),
  /** Tickets, users, contracts, ... the figure was counted from. */
  ids,
  url: nullable(url),
});
export type Evidence = Static<typeof evidence>;
