import { formatTable, type Row } from './table.domain';

/** Where a command's results and remarks go: results to the one, everything else to the other, so that pipes work. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
}

export const terminal: Terminal = {
  out: (text) => console.log(text),
  err: (text) => console.error(text),
};

/** Prints results as a person or, with `--json`, a program reads them. */
export class Printer {
  constructor(
    private readonly terminal: Terminal,
    private readonly json: boolean,
  ) {}

  list(columns: readonly string[], rows: readonly Row[], none: string): void {
    if (this.json) this.terminal.out(JSON.stringify(rows, null, 2));
    else this.terminal.out(rows.length === 0 ? none : formatTable(columns, rows));
  }

  result(value: Row, text: string): void {
    this.terminal.out(this.json ? JSON.stringify(value, null, 2) : text);
  }

  /** One line of a result that does not end. */
  line(text: string): void {
    this.terminal.out(text);
  }

  /** A remark beside the result. */
  note(text: string): void {
    this.terminal.err(text);
  }
}
