/** Statements made of changing text would fill the connections: beyond this many nothing more is prepared. */
const most = 400;

let names = new Map<string, string>();
let generation = 0;

/** The name under which a statement stays prepared on each connection; undefined: it does not. */
export function statementName(sql: string): string | undefined {
  const known = names.get(sql);
  if (known !== undefined || names.size >= most) return known;
  const name = `t${generation}.${names.size}`;
  names.set(sql, name);
  return name;
}

/** Everything is prepared anew, under other names. */
export function forgetStatements(): void {
  names = new Map();
  generation += 1;
}
