/** A number that the command line gives as `--name=…`, or its default. Throws when it is no whole number. */
export function numberOption(name: string, otherwise: number): number {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  if (given === undefined) return otherwise;
  const value = Number(given.slice(name.length + 3).replaceAll('_', ''));
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${given}: a whole number is wanted.`);
  return value;
}
