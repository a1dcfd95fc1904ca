/** How many cases the properties take: a sample in a usual run, what `npm run properties` asks for otherwise. Only the spec reads it. */
const wanted = Number(process.env['PROPERTY_RUNS'] ?? 0);
const seed = Number(process.env['PROPERTY_SEED'] ?? 20_261_122);

/** @param share of the wanted number that this property takes: some cases are whole accounts, and cost a thousand times more */
export function propertyRuns(usual: number, share: number): { seed: number; numRuns: number } {
  return { seed, numRuns: wanted > 0 ? Math.ceil(wanted * share) : usual };
}
