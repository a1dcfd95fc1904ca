import { suppliersOf } from './suppliers';

it('a kind of input is traced to the live sources that delivered it, the latest first', () => {
  const usage = (sourceId: string, lastAt: string) => ({
    sourceId,
    types: [{ type: 'tenure.usage.recorded.v1', lastAt }],
  });
  const sources = (['a', 'b', 'c', 'd'] as const).map((id) => ({ id, name: id.toUpperCase(), mode: 'live' as const }));
  const past = { id: 'e', name: 'E', mode: 'import' as const };
  const volumes = [
    usage('a', '2026-05-01'),
    usage('b', '2026-05-03'),
    { sourceId: 'c', types: [] },
    usage('e', '2026-05-09'),
  ];
  expect(suppliersOf('usage', [...sources, past], volumes)).toEqual(['B', 'A']);
  expect(suppliersOf('tickets', sources, volumes)).toEqual([]);
});
