import type { RiskAlert } from '@tenure/contracts';

/** An alert that says of itself that it is a test: every field is there, so that a receiver can be tried on it. */
export function sampleAlert(id: string, at: Date, consoleUrl: string): RiskAlert {
  const now = at.toISOString();
  return {
    ...life(id, now),
    accountId: 'example-account',
    accountName: 'Example account',
    externalIds: {},
    parentId: null,
    segment: 'mid-market',
    stage: 'adoption',
    owner: null,
    tags: [],
    arr: 48_000,
    currency: 'EUR',
    arrAtRisk: 48_000,
    decisionDate: new Date(at.getTime() + 90 * 86_400_000).toISOString().slice(0, 10),
    daysToDecision: 90,
    score: 46,
    scoreBefore: 63,
    band: 'red',
    bandBefore: 'yellow',
    modelVersion: null,
    evidence: [
      {
        label: 'Weekly active people',
        metric: 'active-users',
        value: 11,
        baseline: 19.5,
        threshold: 13.65,
        unit: 'people',
        window: '14 days',
        ids: [],
        url: null,
      },
    ],
    recommendedAction: 'Nothing: this is a test.',
    url: consoleUrl,
  };
}

function life(id: string, now: string) {
  return {
    alertId: id,
    version: 1,
    change: 'opened',
    status: 'open',
    signal: 'usage-decline',
    signalVersion: 1,
    severity: 'medium',
    severityReason: 'medium',
    summary: 'This is a test of a destination. 11 people were active in 14 days, 44 % fewer than usual.',
    conditionSince: now,
    openedAt: now,
    updatedAt: now,
    inputAsOf: now,
    coverage: 1,
    preexisting: false,
    test: true,
    causeId: null,
    relatedAlertIds: [],
    acknowledgedBy: null,
    snoozedUntil: null,
    resolution: null,
  } satisfies Partial<RiskAlert>;
}
