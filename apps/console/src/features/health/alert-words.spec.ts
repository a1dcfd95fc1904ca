import type { Alert } from '../../api/types';
import { statusSentence, withoutName } from './alert-words';

const alert = (over: Partial<Alert>): Alert =>
  ({
    status: 'open',
    openedAt: '2026-03-12T12:00:00Z',
    acknowledgedBy: null,
    snoozedUntil: null,
    resolution: null,
    ...over,
  }) as Alert;

describe('statusSentence', () => {
  it('says who, until when, or why', () => {
    expect(statusSentence(alert({}), 'UTC')).toBe('Opened 12 Mar 2026, 12:00');
    expect(
      statusSentence(alert({ status: 'acknowledged', acknowledgedBy: { id: 'p1', name: 'Dana', email: null } }), 'UTC'),
    ).toBe('Acknowledged by Dana');
    expect(statusSentence(alert({ status: 'snoozed', snoozedUntil: '2026-03-16T07:00:00Z' }), 'UTC')).toBe(
      'Snoozed until 16 Mar 2026',
    );
    expect(statusSentence(alert({ status: 'snoozed' }), 'UTC')).toBe('Snoozed until it gets worse');
    expect(
      statusSentence(alert({ status: 'resolved', resolution: { reason: 'false-alarm', by: null, note: null } }), 'UTC'),
    ).toBe('Resolved: false alarm');
  });
});

describe('withoutName', () => {
  it('drops a leading name with its colon, and only that', () => {
    expect(withoutName('Acme: active users fell', 'Acme')).toBe('Active users fell');
    expect(withoutName('Acme lost its champion', 'Acme')).toBe('Acme lost its champion');
    expect(withoutName('Active users fell', null)).toBe('Active users fell');
  });
});
