import type { AccountChanged, EventInput, RiskAlert, TicketChanged, UsageRecorded } from './index';

/** Fails to compile, not to run, when a derived type drifts from what the services code against. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(answer: Same<A, B>) => answer;

describe('derived types', () => {
  it('carry enums, nulls and optional fields', () => {
    const proofs = [
      same<UsageRecorded['accountId'], string>(true),
      same<UsageRecorded['environment'], 'production' | 'sandbox' | undefined>(true),
      same<TicketChanged['priority'], 'low' | 'normal' | 'high' | 'urgent'>(true),
      same<TicketChanged['kind'], 'question' | 'problem' | 'incident' | 'request' | null | undefined>(true),
      same<AccountChanged['externalIds'], Record<string, string> | null | undefined>(true),
      same<RiskAlert['arr'], number | null>(true),
      same<RiskAlert['causeId'], string | null>(true),
      same<EventInput<UsageRecorded>['accountId'], string | undefined>(true),
    ];
    expect(proofs).not.toContain(false);
  });

  it('give an owner whose parts may be unknown', () => {
    const owner: RiskAlert['owner'] = { id: null, name: 'Ana', email: null };
    expect(owner.name).toBe('Ana');
  });
});
