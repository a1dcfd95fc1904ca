import type { Random } from './random.domain';

const firstNames =
  'Amara Anika Benedikt Carmen Chidi Dagny Darius Elena Emeka Farah Felix Gita Goran Hana Hugo Ines Ishaan Jamila Jonas Kaito Katya Lars Leila Lin Luca Magda Malik Mei Mira Nadia Nils Noor Olga Oscar Paloma Pavel Priya Quentin Rafael Rosa Ruth Samir Sanna Sofia Tariq Thea Tomas Uma Valeria Viktor Wanda Wei Xenia Yara Yusuf Zofia Adele Boris Clara Dmitri Esther Fatima Greta Henrik Ingrid Joaquin Kerstin Lionel Mateo Nora'.split(
    ' ',
  );
const lastNames =
  'Abara Almeida Anand Bauer Bergstrom Brandt Castellano Chowdhury Costa Dahl Dubois Eriksen Farouk Fischer Fontaine Gallo Grant Haddad Hansen Hoffmann Ibarra Ito Jansen Kaur Keller Khoury Kowalski Kruger Laurent Lindgren Lopez Maes Marino Mbeki Meyer Moreau Nakamura Navarro Novak Nwosu Oduya Olsen Ortega Park Petrov Quist Rahman Reyes Rossi Saito Santos Schmidt Sharma Silva Sorensen Stein Suzuki Tanaka Torres Varga Vega Vogel Walsh Weiss Winter Yamada Yilmaz Zhang Zielinski Zuniga'.split(
    ' ',
  );

export interface Name {
  readonly full: string;
  /** What stands before the @ of an address. */
  readonly local: string;
}

/** Names that are different inside the given set, which is extended. */
export function newName(random: Random, taken: Set<string>): Name {
  for (let attempt = 0; ; attempt += 1) {
    const first = random.pick(firstNames);
    const last = random.pick(lastNames);
    const local = `${first}.${last}${attempt > 20 ? attempt : ''}`.toLowerCase();
    if (taken.has(local)) continue;
    taken.add(local);
    return { full: `${first} ${last}`, local };
  }
}
