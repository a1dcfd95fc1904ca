import {
  alertPrecision,
  type Inputs,
  inputStatus,
  type InputStatus,
  type JudgedAlert,
  type ParameterInfo,
  type ParameterValues,
  type Severity,
  type Share,
  type SignalDefinition,
  type SignalSettings,
  type SignalVariants,
} from '@tenure/scoring';

/** Settings of a signal as they were set once. `settings` null: back to the catalogue's own. */
export interface KeptSettings {
  readonly version: number;
  readonly settings: SignalSettings | null;
  readonly note: string | null;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** How a signal is set: what is in force, what is the catalogue's own, and what was in force before. */
export interface SettingsBody {
  readonly signal: string;
  /** 0: never changed. */
  readonly version: number;
  readonly off: boolean;
  readonly parameters: ParameterValues;
  readonly segments: SignalVariants;
  readonly defaults: { readonly parameters: ParameterValues; readonly segments: SignalVariants };
  readonly fields: readonly (ParameterInfo & { readonly name: string })[];
  readonly history: readonly (Omit<KeptSettings, 'changedAt'> & { readonly changedAt: string })[];
}

export function settingsBody(definition: SignalDefinition, versions: readonly KeptSettings[]): SettingsBody {
  const [latest] = versions;
  const inForce: SignalSettings = latest?.settings ?? { segments: definition.variants ?? {} };
  return {
    signal: definition.name,
    version: latest?.version ?? 0,
    off: inForce.off ?? false,
    parameters: { ...definition.defaults, ...inForce.parameters },
    segments: inForce.segments ?? {},
    defaults: { parameters: definition.defaults, segments: definition.variants ?? {} },
    fields: Object.entries(definition.parameters).map(([name, info]) => ({ name, ...info })),
    history: versions.map((each) => ({ ...each, changedAt: each.changedAt.toISOString() })),
  };
}

/** What was counted of a signal's alerts. */
export interface SignalCounts {
  readonly openNow: number;
  readonly fired90Days: number;
  readonly feedback: { readonly useful: number; readonly notUseful: number; readonly tooEarly: number };
  /** Alerts of the last two years, as far as the precision follows from them. */
  readonly judged: readonly JudgedAlert[];
}

/** One signal in the catalogue. */
export interface CatalogueEntry {
  readonly signal: string;
  readonly title: string;
  readonly condition: string;
  readonly clears: string;
  /** A mark that stands: shown and published, never pushed to people. */
  readonly standing: boolean;
  readonly baseSeverity: Severity;
  readonly recommendedAction: string;
  readonly inputs: readonly { readonly kind: string; readonly status: InputStatus }[];
  /** Whether what it rests on is connected and delivers. */
  readonly live: boolean;
  readonly off: boolean;
  /** Whether the tenant set it otherwise than the catalogue. */
  readonly changed: boolean;
  readonly version: number;
  readonly openNow: number;
  readonly fired90Days: number;
  readonly feedback: SignalCounts['feedback'];
  readonly precision: Share;
}

const nothing: SignalCounts = {
  openNow: 0,
  fired90Days: 0,
  feedback: { useful: 0, notUseful: 0, tooEarly: 0 },
  judged: [],
};

/** What a reader of the catalogue sees of one signal. */
export function catalogueEntry(
  definition: SignalDefinition,
  from: {
    readonly inputs: Inputs;
    readonly settings: SignalSettings | undefined;
    readonly version: number;
    readonly counts: SignalCounts | undefined;
    readonly now: number;
  },
): CatalogueEntry {
  const inputs = definition.inputs.map((kind) => ({ kind, status: inputStatus(from.inputs, kind, from.now) }));
  const isLive = ({ status }: { status: InputStatus }): boolean => status === 'live';
  const { openNow, fired90Days, feedback, judged } = from.counts ?? nothing;
  return {
    signal: definition.name,
    title: definition.title,
    condition: definition.condition,
    clears: definition.clears,
    standing: definition.standing ?? false,
    baseSeverity: definition.baseSeverity,
    recommendedAction: definition.recommendedAction,
    inputs,
    live: definition.needs === 'all' ? inputs.every(isLive) : inputs.some(isLive),
    off: from.settings?.off ?? false,
    changed: from.settings !== undefined,
    version: from.version,
    ...{ openNow, fired90Days, feedback },
    precision: alertPrecision(judged),
  };
}
