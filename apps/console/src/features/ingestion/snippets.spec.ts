import { snippetsFor } from './snippets';

it.each(['segment', 'cloudevents', 'posthog', 'csv'] as const)(
  '%s has something to paste, with address and key',
  (kind) => {
    const snippets = snippetsFor(kind, 'https://in.example.com/', 'twk_x');
    expect(snippets.length).toBeGreaterThan(0);
    expect(snippets[0]?.text).toContain('twk_x');
    expect(snippets[0]?.text).toContain('https://in.example.com');
    expect(snippets[0]?.text).not.toContain('.com//');
  },
);

it('a webhook’s address is pasted at the vendor', () => {
  expect(snippetsFor('webhook', 'https://in.example.com')).toEqual([]);
});
