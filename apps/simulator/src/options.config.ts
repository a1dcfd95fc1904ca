import { parseArgs } from 'node:util';
import type { WorldOptions } from './world/account.domain';
import { dayOf } from './world/calendar.domain';

export interface Options {
  readonly world: WorldOptions;
  readonly ingestion: string;
  readonly gateway: string;
  readonly importKey: string | undefined;
  readonly importSource: string | undefined;
  readonly writeKey: string | undefined;
  readonly apiKey: string | undefined;
  readonly live: boolean;
  readonly pace: number;
  readonly out: string | undefined;
  readonly truth: string | undefined;
  readonly state: string | undefined;
  /** Parts of the score's proof to run instead of playing anything. */
  readonly proof: readonly string[];
}

export const usage = `Plays a synthetic customer base through the public API.

  simulator --demo            the demo's tenant: sends the history once, closes the import
  simulator --demo --live     ... and goes on with live events
  simulator --out FILE        writes the history as NDJSON instead

  --seed TEXT (tenure)   --accounts N (300)   --months N (12)   --until YYYY-MM-DD (yesterday)
  --ingestion URL (http://127.0.0.1:4001)     --gateway URL (http://127.0.0.1:4000)
  --import-key KEY       --import-source ID   write key and id of the source of mode import
  --write-key KEY        --api-key KEY        for live events; for closing the import
  --live                 --pace N (2)         live usage events a second
  --truth FILE           latent health, roles, onsets, true probabilities (never sent)
  --state FILE           remembers what was played, for a restart
  --proof PARTS          measures the score against a population's hidden truth (accuracy,regimes,traps,signals,book)
`;

const demo = {
  'import-key': 'demo-import-key',
  'import-source': 'demo-import',
  'write-key': 'demo-write-key',
  'api-key': 'demo-api-key',
  state: '.data/simulator.json',
};

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const definitions = {
  demo: flag,
  live: flag,
  help: flag,
  seed: { ...text, default: 'tenure' },
  accounts: { ...text, default: '300' },
  months: { ...text, default: '12' },
  pace: { ...text, default: '2' },
  ingestion: { ...text, default: 'http://127.0.0.1:4001' },
  gateway: { ...text, default: 'http://127.0.0.1:4000' },
  until: text,
  out: text,
  truth: text,
  state: text,
  proof: text,
  'import-key': text,
  'import-source': text,
  'write-key': text,
  'api-key': text,
};

/** The command line, checked; undefined when help is asked for. Throws with one clear line on what is wrong. */
export function parseOptions(args: readonly string[], yesterday: string): Options | undefined {
  const { values } = parseArgs({ args: [...args], options: definitions });
  if (values.help) return undefined;
  const given: { [name in keyof typeof demo]?: string | undefined } = values;
  const of = (name: keyof typeof demo) => given[name] ?? (values.demo ? demo[name] : undefined);
  const world = {
    seed: values.seed,
    accounts: whole('accounts', values.accounts, 100, 20_000),
    months: whole('months', values.months, 3, 60),
    until: dayOf(values.until ?? yesterday),
  };
  const options = {
    world,
    ingestion: address('ingestion', values.ingestion),
    gateway: address('gateway', values.gateway),
    importKey: of('import-key'),
    importSource: of('import-source'),
    writeKey: of('write-key'),
    apiKey: of('api-key'),
    state: of('state'),
    live: values.live,
    pace: whole('pace', values.pace, 1, 1000),
    out: values.out,
    truth: values.truth,
    proof: values.proof?.split(',') ?? [],
  };
  return checked(options);
}

function checked(options: Options): Options {
  if (options.live && !options.writeKey) throw new Error('--live needs --write-key (or --demo)');
  if (!options.out && !options.truth && !options.importKey && !options.live && options.proof.length === 0) {
    throw new Error('nothing to do: give --demo, --import-key, --live, --out, --truth or --proof (see --help)');
  }
  return options;
}

function whole(name: string, value: string, low: number, high: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= low && number <= high) return number;
  throw new Error(`--${name} must be a whole number from ${low} to ${high}; it is ${value}`);
}

function address(name: string, value: string): string {
  if (/^https?:\/\//.test(value) && URL.canParse(value)) return value.replace(/\/+$/, '');
  throw new Error(`--${name} must be an http address; it is ${value}`);
}
