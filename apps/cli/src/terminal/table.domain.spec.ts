import { formatTable } from './table.domain';

describe('A table', () => {
  it('is as wide as it has to be', () => {
    const rows = [
      { id: 'a', name: 'Acme' },
      { id: 'long-id', name: null },
    ];
    expect(formatTable(['id', 'name'], rows)).toBe('ID       NAME\na        Acme\nlong-id  -');
  });

  it('lets nobody’s text move the cursor or begin a line', () => {
    expect(formatTable(['name'], [{ name: 'a\u001b[2J\nb' }])).toBe('NAME\na [2J b');
  });

  it('shows instants as ISO-8601', () => {
    expect(formatTable(['at'], [{ at: new Date(0) }])).toBe('AT\n1970-01-01T00:00:00.000Z');
  });
});
