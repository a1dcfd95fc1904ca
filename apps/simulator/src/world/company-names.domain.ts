import { type Random, at } from './random.domain';

const stems =
  'Alderbrook Basaltine Cobaltway Dunmarrow Elmhaven Fenwick Garnetfield Haldenor Ivorypeak Junipera Kestrelle Larkfield Marlowe Nordhavn Oakmere Pellworth Quillon Redfern Saltmarsh Thornbury Umbria Valecrest Westray Yarrow Zephyrine Ashgrove Bramblewick Cinderford Driftwood Eastholm Foxglove Greyfriars Hollowell Inverlea Jasperton Kingsmere Lindenau Mossgrove Northgale Ormsby Pinecrest Ravensworth Silverthorn Tamarack Underhill Vantora Wrenfield Avelora Briarcliff Calderon'.split(
    ' ',
  );

/** Industry, and the words that a company of that trade carries after its name. */
const trades: readonly (readonly [industry: string, words: readonly string[]])[] = [
  ['logistics', ['Freight', 'Logistics', 'Shipping']],
  ['manufacturing', ['Works', 'Components', 'Industries']],
  ['retail', ['Outfitters', 'Goods', 'Stores']],
  ['healthcare', ['Clinics', 'Health', 'Diagnostics']],
  ['finance', ['Capital', 'Mutual', 'Insurance']],
  ['education', ['Learning', 'Academy', 'Campus']],
  ['energy', ['Power', 'Renewables', 'Energy']],
  ['food', ['Foods', 'Provisions', 'Kitchens']],
  ['software', ['Labs', 'Systems', 'Software']],
  ['media', ['Media', 'Press', 'Studios']],
];

export interface Company {
  readonly name: string;
  readonly slug: string;
  readonly industry: string;
}

/** As many different invented companies as asked for; beyond 1,500 the names carry a number. */
export function companies(random: Random, count: number): Company[] {
  const all = trades.flatMap(([industry, words]) =>
    words.flatMap((word) => stems.map((stem) => ({ name: `${stem} ${word}`, industry }))),
  );
  const shuffled = random.shuffle(all);
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / shuffled.length);
    const { name, industry } = at(shuffled, index);
    const numbered = round === 0 ? name : `${name} ${round + 1}`;
    return { name: numbered, slug: numbered.toLowerCase().replaceAll(' ', '-'), industry };
  });
}
