import { eventByType, events, topics } from './index';

/** The fixed public surface, as docs/ and the design's table say it: `?` marks an optional field. */
const inputs: Record<string, [topic: string, fields: string]> = {
  'usage.recorded': [
    'usage-events',
    'userId? anonymousId? event product? quantity? environment? actorType? groups? properties?',
  ],
  'user.changed': [
    'user-changes',
    'userId anonymousId? previousId? email? name? title? department? role? licensed? active? kind? createdAt? traits?',
  ],
  'metric.recorded': ['metric-readings', 'metric value limit? unit? product? at'],
  'ticket.changed': [
    'ticket-events',
    'ticketId change status priority kind? subject? requesterId? requesterEmail? product? tags? sentiment? csat? replyCount? ' +
      'reopenCount? slaDueAt? openedAt? firstResponseAt? solvedAt? url?',
  ],
  'stakeholder.changed': [
    'stakeholder-changes',
    'stakeholderId change name userId? email? title? roles? influence? sentiment? reportsTo? externalIds? optedOut?',
  ],
  'account.changed': [
    'account-changes',
    'name? kind? segment? parentId? team? stage? arr? currency? timeZone? country? industry? plan? domains? externalIds? ' +
      'tags? attributes?',
  ],
  'account.merged': ['account-changes', 'intoId'],
  'account.deleted': ['account-changes', ''],
  'contract.changed': [
    'contract-changes',
    'contractId status start end currency lines signedAt? noticeGivenAt? effectiveAt? evergreen? billingPeriod? autoRenew? ' +
      'noticeDays? replacesContractIds? coversAccountIds? reasonCode? reason? crmOpportunityId?',
  ],
  'invoice.changed': ['billing-events', 'invoiceId contractId? status amount currency dueAt paidAt?'],
  'survey.responded': [
    'survey-responses',
    'responseId surveyId? kind score scale? userId? stakeholderId? email? ticketId? comment?',
  ],
  'touchpoint.recorded': [
    'touchpoint-events',
    'touchpointId kind purpose? direction? outcome startAt endAt? attendees? host? oneToMany? sentiment? subject? url?',
  ],
  'incident.changed': ['incident-events', 'incidentId status product? accountIds? startedAt endedAt?'],
};

const riskAlert =
  'alertId version change status signal signalVersion severity severityReason summary conditionSince openedAt updatedAt ' +
  'inputAsOf coverage preexisting test accountId accountName externalIds parentId segment stage owner tags arr currency ' +
  'arrAtRisk decisionDate daysToDecision score scoreBefore band bandBefore modelVersion evidence causeId relatedAlertIds ' +
  'recommendedAction url acknowledgedBy snoozedUntil resolution';

interface Shape {
  properties: Record<string, Shape>;
  items: Shape;
  required?: string[];
}

const shapeOf = (type: string) => eventByType(`tenure.${type}.v1`)!.schema as unknown as Shape;
const words = (text: string) => text.split(' ').filter(Boolean);

function fieldsOf({ properties, required = [] }: Shape): string[] {
  return Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
}

describe('the public surface', () => {
  it('has exactly the input events of the table', () => {
    const types = events.filter(({ direction }) => direction === 'input').map(({ type }) => type);
    expect(types).toEqual(Object.keys(inputs).map((type) => `tenure.${type}.v1`));
  });

  it.each(Object.entries(inputs))('%s has its topic and its fields', (type, [topic, fields]) => {
    const marks = type === 'usage.recorded' ? '' : 'sourceUpdatedAt? snapshot?';
    const all = words(`accountId accountRef? accountDomain? ${marks} ${fields}`);
    expect(fieldsOf(shapeOf(type))).toEqual(all);
    expect(eventByType(`tenure.${type}.v1`)?.topic.name).toBe(`${topic}.v1`);
  });

  it.each(['opened', 'escalated', 'de-escalated', 'acknowledged', 'snoozed', 'resolved', 'reassigned'])(
    'risk-alert.%s leaves nothing out',
    (change) => {
      expect(fieldsOf(shapeOf(`risk-alert.${change}`))).toEqual(words(riskAlert));
    },
  );

  it('gives evidence, owner and resolution of an alert whole', () => {
    const { evidence, owner, resolution } = shapeOf('risk-alert.opened').properties;
    expect(fieldsOf(evidence!.items)).toEqual(words('label metric value baseline threshold unit window ids url'));
    expect(fieldsOf(owner!)).toEqual(['id', 'name', 'email']);
    expect(fieldsOf(resolution!)).toEqual(['reason', 'by', 'note']);
  });

  it('keeps usage for 35 days and the low-rate input for ever, in 12 partitions', () => {
    expect(topics.usageEvents.retentionMs).toBe(35 * 86_400_000);
    expect(topics.ticketEvents.retentionMs).toBe(-1);
    const few = Object.values(topics).filter(({ partitions }) => partitions !== 12);
    expect(few.map(({ name, partitions }) => [name, partitions])).toEqual([
      ['erasures.v1', 1],
      ['erasure-reports.v1', 1],
    ]);
    const compacted = Object.values(topics).filter(({ cleanup }) => cleanup === 'compact');
    expect(compacted.map(({ name }) => name)).toEqual(['health-scores.v1', 'tenant-changes.v1']);
  });
});
