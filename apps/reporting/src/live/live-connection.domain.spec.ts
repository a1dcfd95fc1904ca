import { PendingChanges } from './live-connection.domain';

it('a burst of changes is one event per account, with everything that changed', () => {
  const pending = new PendingChanges();
  pending.add('a', ['score']);
  pending.add('b', ['timeline']);
  pending.add('a', ['alerts', 'score']);
  expect(pending.take()).toBe(
    'event: change\ndata: {"accountId":"a","what":["score","alerts"]}\n\n' +
      'event: change\ndata: {"accountId":"b","what":["timeline"]}\n\n',
  );
  expect(pending.take()).toBe('');
});

it('an id cannot break out of its event', () => {
  const pending = new PendingChanges();
  pending.add('a\n\nevent: change', ['score']);
  expect(pending.take().split('\n\n')).toHaveLength(2);
});
