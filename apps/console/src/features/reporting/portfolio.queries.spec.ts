import type { AccountRow } from '../../api/types';
import { choices, nextSort } from './portfolio.queries';

const row = (over: Partial<AccountRow>): AccountRow =>
  ({ segment: null, stage: null, owner: null, ...over }) as AccountRow;

describe('choices', () => {
  it('come from the rows when the API names none', () => {
    const items = [
      row({ segment: 'smb', owner: { email: 'b@x', name: 'Bo' } }),
      row({ segment: 'enterprise', owner: { email: 'a@x', name: 'Al' } }),
      row({ segment: 'smb', owner: { email: 'b@x', name: 'Bo' } }),
    ];
    expect(choices([{ items, nextCursor: null, total: 3 }])).toEqual({
      segments: ['enterprise', 'smb'],
      stages: [],
      owners: [
        { value: 'me', label: 'Me' },
        { value: 'none', label: 'Nobody' },
        { value: 'a@x', label: 'Al' },
        { value: 'b@x', label: 'Bo' },
      ],
    });
  });

  it('are the facets of the API where it gives them', () => {
    const page = {
      items: [],
      nextCursor: null,
      total: 0,
      facets: { segments: ['pool'], stages: ['growth'], owners: [] },
    };
    expect(choices([page])).toMatchObject({ segments: ['pool'], stages: ['growth'] });
  });
});

it('a second click turns the sort around', () => {
  expect(nextSort('-arr', 'score', true)).toBe('-score');
  expect(nextSort('-score', 'score', true)).toBe('score');
  expect(nextSort('name', 'name', false)).toBe('-name');
});
