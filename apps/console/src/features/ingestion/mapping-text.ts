/** JSON as somebody typed or pasted it. */
export type ReadText =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

/** Reads JSON; what cannot be read is told with its line, where the browser says it. */
export function readText(text: string): ReadText {
  if (text.trim() === '') return { ok: false, problem: 'There is nothing here yet.' };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    const place = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const line = place === undefined ? '' : ` Look at line ${text.slice(0, Number(place)).split('\n').length}.`;
    return { ok: false, problem: `This is not valid JSON.${line}` };
  }
}

/** Whether two texts say the same, however they are laid out. */
export function sameJson(text: string, other: string): boolean {
  const [one, two] = [readText(text), readText(other)];
  return one.ok && two.ok ? JSON.stringify(one.value) === JSON.stringify(two.value) : text === other;
}

export const laidOut = (value: unknown): string => JSON.stringify(value, null, 2);
