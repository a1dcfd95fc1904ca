import type { Printer } from './terminal.client';

/** The options that stand before or after any command. */
export interface GlobalOptions {
  readonly url: string;
  readonly ingestionUrl: string;
  readonly apiKey?: string;
  readonly operatorToken?: string;
  readonly json: boolean;
  /** Databases by service, from `TENURE_<SERVICE>_DATABASE_URL`. */
  readonly databases: Readonly<Record<string, string | undefined>>;
}

/** What every command is given. Read inside an action: options are known only then. */
export interface Context {
  options(): GlobalOptions;
  printer(): Printer;
}
