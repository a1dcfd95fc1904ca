import { pretty, typeWord, whatHappened } from './live-item';

it('a live item says what it is', () => {
  expect(typeWord({ type: 'tenure.ticket.changed.v1' })).toBe('ticket.changed');
  expect(typeWord({ type: 'track' })).toBe('track');
  expect(typeWord({ type: null })).toBe('no type');
  expect(whatHappened({ mapped: [{ data: { event: 'Login' } }], raw: {} })).toBe('Login');
  expect(whatHappened({ mapped: null, raw: { event: 'Login' } })).toBe('Login');
  expect(whatHappened({ mapped: [{ data: { ticketId: 'T-1' } }], raw: 'cut' })).toBe('T-1');
  expect(whatHappened({ mapped: null, raw: { event: 7 } })).toBe('–');
  expect(pretty({ a: 1 })).toBe('{\n  "a": 1\n}');
  expect(pretty('{"a": 1, "b')).toBe('{"a": 1, "b');
});
