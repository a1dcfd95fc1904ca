import type { HealthDistribution, Retention } from '../../api/types';
import type { Band } from '../../api/types';
import { percent, plural, shortMoney } from '../../format/money';
import { bandOrder, bandWords } from '../../format/words';

export interface Figure {
  id: string;
  label: string;
  value: string;
  note: string;
  definition: string;
}

/** The cards of retention with the definition that each follows, word for word as the domain states it. */
export function retentionFigures(data: Retention): Figure[] {
  const money = (amount: number): string => shortMoney(amount, data.currency);
  return [
    {
      id: 'nrr',
      label: 'Net revenue retention',
      value: percent(data.nrr, 1),
      note: `${money(data.startingArr)} at the start`,
      definition:
        '(starting ARR + expansion − contraction − churn) ÷ starting ARR, over accounts that were customers at the start.',
    },
    {
      id: 'grr',
      label: 'Gross revenue retention',
      value: percent(data.grr, 1),
      note: 'without expansion',
      definition: 'Sum of the smaller of ARR at end and ARR at start ÷ sum of ARR at start, netted per account.',
    },
    {
      id: 'expansion',
      label: 'Expansion',
      value: money(data.expansion),
      note: `${percent(share(data.expansion, data.startingArr), 1)} of the start`,
      definition: 'Seats, tier, product and price added by accounts that were customers at the start.',
    },
    {
      id: 'contraction',
      label: 'Contraction',
      value: money(data.contraction),
      note: `${percent(share(data.contraction, data.startingArr), 1)} of the start`,
      definition: 'ARR given up by accounts that stayed.',
    },
    {
      id: 'churn',
      label: 'Churn',
      value: money(data.churn),
      note: `${plural(data.logoChurn.lost, 'customer')} of ${data.logoChurn.start} · ${percent(data.logoChurn.rate, 1)}`,
      definition: 'ARR of customers that left. A customer is the ultimate parent.',
    },
  ];
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** Which money a report leaves out; empty where none is. */
export const withoutCurrencies = (excluded: readonly string[] | undefined): string =>
  excluded && excluded.length > 0 ? ` · without ARR in ${excluded.join(', ')}` : '';

export interface FlowLink {
  source: string;
  target: string;
  value: number;
}

/** The flow as links of a Sankey: 'Green before' → 'Red now'; nothing of zero. */
export function flowLinks(data: HealthDistribution, by: 'accounts' | 'arr'): FlowLink[] {
  return data.flow.flatMap((entry) =>
    entry[by] > 0
      ? [{ source: `${bandWords[entry.from]} then`, target: `${bandWords[entry.to]} now`, value: entry[by] }]
      : [],
  );
}

/** Who moved and where, the largest movement first, for those who cannot see the flow. */
export function flowSentence(data: HealthDistribution): string {
  const moved = data.flow
    .filter((entry) => entry.from !== entry.to && entry.accounts > 0)
    .toSorted((one, other) => other.accounts - one.accounts);
  if (moved.length === 0) return 'No account changed its band.';
  const parts = moved
    .slice(0, 5)
    .map((entry) => `${plural(entry.accounts, 'account')} from ${lower(entry.from)} to ${lower(entry.to)}`);
  return `Moved between bands: ${parts.join(', ')}.`;
}

function lower(band: Band): string {
  return bandWords[band].toLowerCase();
}

/** The bands in their order with their share of the whole, by accounts and by ARR. */
export function bandShares(
  data: HealthDistribution,
  by: 'accounts' | 'arr',
): { band: Band; value: number; share: number }[] {
  const total = data.bands.reduce((sum, entry) => sum + entry[by], 0);
  return bandOrder.flatMap((band) => {
    const value = data.bands.find((entry) => entry.band === band)?.[by] ?? 0;
    return value > 0 ? [{ band, value, share: total > 0 ? value / total : 0 }] : [];
  });
}
