import { type ReportResult, reportText } from './report-text.domain';

const predictor = (name: string, auc: number) => ({
  name,
  isProbability: name.startsWith('churn'),
  measures: {
    auc: { value: auc, low: auc - 0.05, high: auc + 0.05 },
    precisionAt10: 0.31,
    liftAt10: 2.6,
    captureAt20: 0.44,
    brierSkill: { value: 0.084 },
    calibration: { slope: 0.97 },
  },
});

const report: ReportResult = {
  verdict: 'AUC 0.77 (0.72 to 0.82), Brier skill 8.4 %, on 412 renewals 60 days ahead.',
  from: '2025-01-01',
  to: '2026-11-22',
  accounts: 300,
  snapshots: 4_100,
  assumedKnowledge: 1,
  canary: { checked: 15, leaks: 0 },
  horizons: [{ days: 60, model: predictor('churn churn-ab', 0.77), baselines: [predictor('utilisation only', 0.61)] }],
  leadTime: { medianDays: 74, caught60: 0.66, keptAlerted: 0.21 },
};

describe('a backtest in words', () => {
  it('begins with the verdict and puts the baselines below the model', () => {
    const lines = reportText(report).split('\n');
    expect(lines[0]).toBe(report.verdict);
    expect(lines[1]).toContain('0 leaks in 15 canaries');
    const table = lines.slice(lines.indexOf('60 days ahead') + 1);
    expect(table[1]).toMatch(/^churn churn-ab +0\.77 \(0\.72-0\.82\) +31 % +2\.6 +44 % +8\.4 % +0\.97$/);
    expect(table[2]).toMatch(/^utilisation only .* -$/);
    expect(lines.at(-1)).toContain('66 % caught 60 days ahead');
  });
});
