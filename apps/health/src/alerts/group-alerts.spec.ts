import type { RiskAlert } from '@tenure/contracts';

import { group, type OpeningAlert } from './group-alerts.domain';

const opening = (alertId: string, sharedFrom: number, tenantId = 'acme'): OpeningAlert => ({
  ...{ tenantId, alertId, cause: { id: 'person:dana@x.test', sharedFrom } },
  data: { causeId: null, relatedAlertIds: [] as string[] } as unknown as RiskAlert,
});
const open = (alertId: string, tenantId = 'acme') => ({ tenantId, causeId: 'person:dana@x.test', alertId });

describe('alerts of one cause', () => {
  it('know each other, in a batch and across batches', () => {
    const [first, second] = [opening('b', 2), opening('c', 2)];
    group([first, second], [open('a')]);
    expect(first.data).toMatchObject({ causeId: 'person:dana@x.test', relatedAlertIds: ['a', 'c'] });
    expect(second.data).toMatchObject({ causeId: 'person:dana@x.test', relatedAlertIds: ['a', 'b'] });
  });

  it('have no cause while too few share it, and never one of another tenant', () => {
    const alone = opening('b', 2);
    group([alone, opening('x', 2, 'globex')], [open('y', 'globex')]);
    expect(alone.data).toMatchObject({ causeId: null, relatedAlertIds: [] });
    const proven = opening('b', 1);
    group([proven], []);
    expect(proven.data).toMatchObject({ causeId: 'person:dana@x.test', relatedAlertIds: [] });
  });
});
