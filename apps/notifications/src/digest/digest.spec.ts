import fc from 'fast-check';
import { digestMail, digestOf, localDay, localHour, nextDigestAt, type DigestAlert } from './digest.domain';

const since = new Date('2026-03-01T08:00:00.000Z');
const before = new Date('2026-02-20T08:00:00.000Z');
const after = new Date('2026-03-01T20:00:00.000Z');

const alert = (fields: Partial<DigestAlert> = {}): DigestAlert => ({
  alertId: 'a-1',
  accountName: 'Nordwind GmbH',
  signal: 'usage-decline',
  severity: 'medium',
  status: 'open',
  summary: '11 people were active.',
  arrAtRisk: 48_000,
  currency: 'EUR',
  url: 'https://tenure.example/accounts/n',
  preexisting: false,
  openedAt: before,
  escalatedAt: null,
  resolvedAt: null,
  ...fields,
});

const partsOf = (...alerts: DigestAlert[]) => digestOf(alerts, since)?.lines.map((line) => line.part) ?? null;

describe('a digest', () => {
  it('tells what is new, worse, resolved and still open, in this order', () => {
    expect(
      partsOf(
        alert(),
        alert({ resolvedAt: after, status: 'resolved' }),
        alert({ escalatedAt: after }),
        alert({ openedAt: after }),
      ),
    ).toEqual(['new', 'worse', 'resolved', 'open']);
  });

  it('is not sent when there is nothing to tell', () => {
    expect(partsOf()).toBeNull();
    expect(partsOf(alert({ resolvedAt: before, status: 'resolved' }), alert({ status: 'snoozed' }))).toBeNull();
  });

  it('calls nothing new that was there at go-live', () => {
    expect(partsOf(alert({ openedAt: after, preexisting: true }))).toEqual(['open']);
  });

  it('has at most ten lines, the worst first, and says how many more there are', () => {
    const many = Array.from({ length: 14 }, (_, at) => alert({ alertId: `a-${at}`, arrAtRisk: at * 1_000 }));
    const digest = digestOf([...many, alert({ alertId: 'worst', severity: 'critical' })], since)!;
    expect(digest.lines).toHaveLength(10);
    expect(digest.more).toBe(5);
    expect(digest.lines.slice(0, 2).map((line) => line.alert.alertId)).toEqual(['worst', 'a-13']);
    expect(digestMail(digest, 'i@acme.example', 'id', '2026-03-02', 'http://localhost:4000').text).toContain(
      'And 5 more.',
    );
  });

  it('escapes what customers wrote, and says where it is switched off', () => {
    const digest = digestOf([alert({ openedAt: after, accountName: '<script>\r\nBcc: x@example.com' })], since)!;
    const mail = digestMail(digest, 'i@acme.example', 'id', '2026-03-02', 'http://localhost:4000');
    expect(mail.subject).toBe('Tenure, 2026-03-02: 1 new');
    expect(mail.html).not.toContain('<script>');
    expect(mail.html).toContain('EUR 48,000 at risk');
    expect(mail.listUnsubscribe).toBe('http://localhost:4000/settings/digest');
  });
});

describe('the time of a digest', () => {
  const zones = [
    'UTC',
    'Europe/Lisbon',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Kiritimati',
  ];

  it('is the next time that it is this hour there, once a day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom(...zones),
        (now, hour, zone) => {
          const next = nextDigestAt(now, hour, zone);
          expect(next.getTime()).toBeGreaterThan(now.getTime());
          expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(50 * 3_600_000);
          expect(localHour(next, zone)).toBe(hour);
          const following = nextDigestAt(next, hour, zone);
          expect(localDay(following, zone)).not.toBe(localDay(next, zone));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('comes once on the day on which the hour comes twice, and not on the one on which it does not come', () => {
    const first = nextDigestAt(new Date('2026-10-24T12:00:00.000Z'), 1, 'Europe/Lisbon');
    expect(nextDigestAt(first, 1, 'Europe/Lisbon').toISOString()).toBe('2026-10-26T01:00:00.000Z');
    const gap = nextDigestAt(new Date('2026-03-28T12:00:00.000Z'), 1, 'Europe/Lisbon');
    expect(localDay(gap, 'Europe/Lisbon')).toBe('2026-03-30');
  });
});
