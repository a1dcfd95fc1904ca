import type { StateEvent } from '@tenure/platform';

import { entitiesOf, profileState } from './entity-history.projection';

const event = (data: object, rest: Partial<StateEvent> = {}): StateEvent => ({
  ...{ tenantId: 'acme', accountId: 'globex', entity: 'account', entityId: 'globex', source: '/sources/crm', id: '1' },
  ...{ time: new Date(0), knownAt: new Date(0), knownAssumed: false, sequence: '' },
  data: data as StateEvent['data'],
  ...rest,
});

describe('folding the history of an entity', () => {
  it('takes the vendor’s sequence where two events have the same time, whatever their ids', () => {
    const events = [
      event({ stage: 'adoption' }, { id: 'b', sequence: '1' }),
      event({ stage: 'value' }, { id: 'a', sequence: '2' }),
    ];
    expect(entitiesOf(events, profileState)[0]?.states.at(-1)?.state.stage).toBe('value');
  });

  it('reads an amount beside a currency that it was not sent with', () => {
    const events = [event({ arr: 1_200.55 }), event({ currency: 'JPY' }, { id: '2', time: new Date(1) })];
    expect(entitiesOf(events, profileState)[0]?.states.at(-1)?.state.arrMinor).toBe(1_201);
  });
});
