import { isJudged, lastSentence, sourceSentence, troubled } from './source-words';
import type { Source } from '../../api/types';

const source: Source = {
  id: 'src_1',
  name: 'Web',
  kind: 'webhook',
  vendor: 'zendesk',
  mode: 'import',
  state: 'active',
  keyPrefix: 'twk_12345',
  createdAt: '2026-05-01T00:00:00Z',
  lastUsedAt: '2026-05-03T09:00:00Z',
};

it('a source says what it is and when it last sent', () => {
  const now = new Date('2026-05-03T09:30:00Z');
  expect(sourceSentence(source)).toBe('Webhook of Zendesk · history import');
  expect(sourceSentence({ ...source, vendor: null, kind: 'csv', mode: 'live' })).toBe('CSV files');
  expect(lastSentence(source, undefined, now, 'UTC')).toBe('last event 30 min ago');
  expect(lastSentence({ ...source, lastUsedAt: null }, undefined, now, 'UTC')).toBe('no event yet');
});

it('only live sources that take events are judged', () => {
  expect([
    isJudged(source),
    isJudged({ ...source, mode: 'live' }),
    isJudged({ mode: 'live', state: 'paused' }),
  ]).toEqual([false, true, false]);
});

it('trouble comes with the worst first', () => {
  const list = (['usual', 'low', 'learning', 'silent', 'high'] as const).map((status) => ({ status, since: null }));
  expect(troubled(list).map((each) => each.status)).toEqual(['silent', 'low', 'high']);
});
