import { formatTable } from '../terminal/table.domain';

interface Predictor {
  readonly name: string;
  readonly isProbability: boolean;
  readonly measures: {
    readonly auc: { readonly value: number; readonly low: number; readonly high: number };
    readonly precisionAt10: number;
    readonly liftAt10: number;
    readonly captureAt20: number;
    readonly brierSkill: { readonly value: number };
    readonly calibration: { readonly slope: number };
  };
}

/** What the command prints of a backtest's report. */
export interface ReportResult {
  readonly verdict: string;
  readonly from: string;
  readonly to: string;
  readonly accounts: number;
  readonly snapshots: number;
  readonly assumedKnowledge: number;
  readonly canary: { readonly checked: number; readonly leaks: number };
  readonly horizons: readonly {
    readonly days: number;
    readonly model: Predictor;
    readonly baselines: readonly Predictor[];
  }[];
  readonly leadTime: {
    readonly medianDays: number | null;
    readonly caught60: number;
    readonly keptAlerted: number;
  } | null;
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** A backtest in words and one table a horizon, the model first and the baselines below it. */
export function reportText(report: ReportResult): string {
  const { leadTime, canary } = report;
  return [
    report.verdict,
    `${report.accounts} accounts, ${report.snapshots} looks, ${report.from} to ${report.to}; ${percent(report.assumedKnowledge)} of the facts have an assumed time of knowledge; ${canary.leaks} leaks in ${canary.checked} canaries.`,
    ...report.horizons.flatMap(({ days, model, baselines }) => [
      '',
      `${days} days ahead`,
      formatTable(columns, [model, ...baselines].map(row)),
    ]),
    ...(leadTime
      ? [
          '',
          `Lead time: ${leadTime.medianDays ?? '-'} days in the median; ${percent(leadTime.caught60)} caught 60 days ahead; ${percent(leadTime.keptAlerted)} of those kept alerted.`,
        ]
      : []),
  ].join('\n');
}

const columns = ['what', 'auc', 'precision10', 'lift10', 'caught20', 'skill', 'slope'];

function row({ name, isProbability, measures }: Predictor) {
  const { auc, precisionAt10, liftAt10, captureAt20, brierSkill, calibration } = measures;
  return {
    what: name,
    auc: `${auc.value.toFixed(2)} (${auc.low.toFixed(2)}-${auc.high.toFixed(2)})`,
    precision10: percent(precisionAt10),
    lift10: liftAt10.toFixed(1),
    caught20: percent(captureAt20),
    skill: percent(brierSkill.value),
    slope: isProbability ? calibration.slope.toFixed(2) : null,
  };
}
