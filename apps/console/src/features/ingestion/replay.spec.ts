import type { ReplayBody, ReplayRequest } from '@tenure/contracts';
import { reasonsOf, replayAll } from './replay';

const answer = (fields: Partial<ReplayBody>): ReplayBody => ({
  accepted: 0,
  held: 0,
  rejected: [],
  remaining: 0,
  since: 's',
  ...fields,
});
const refused = { id: 'r', code: 'missing-field', pointer: '/event', detail: 'No name.' };

it('a replay goes on until its run has tried everything, and adds up', async () => {
  const answers = [answer({ accepted: 200, remaining: 2 }), answer({ held: 1, rejected: [refused] })];
  const asked: ReplayRequest[] = [];
  const told: number[] = [];
  const total = await replayAll(
    (request) => {
      asked.push(request);
      return Promise.resolve(answers.shift() ?? answer({}));
    },
    { code: 'missing-field' },
    (progress) => told.push(progress.remaining),
  );
  expect(total).toEqual({ accepted: 200, held: 1, rejected: [refused], remaining: 0 });
  expect(asked).toEqual([{ code: 'missing-field' }, { code: 'missing-field', since: 's' }]);
  expect(told).toEqual([2, 0]);
});

it('a replay ends when another run has the rest in its hands', async () => {
  expect(
    await replayAll(
      () => Promise.resolve(answer({ remaining: 7 })),
      {},
      () => undefined,
    ),
  ).toMatchObject({ remaining: 7 });
});

it('reasons are counted', () => {
  expect(reasonsOf([refused, { ...refused, pointer: '', detail: 'Bad.' }, refused])).toEqual([
    { reason: 'No name. (/event)', count: 2 },
    { reason: 'Bad.', count: 1 },
  ]);
});
