const secretNames = [
  'authorization',
  'cookie',
  '"set-cookie"',
  'password',
  'secret',
  'token',
  'key',
  'apiKey',
  'writeKey',
  'privateKey',
  'databaseUrl',
  'databaseOwnerUrl',
];

/** Where a secret may stand in a log line: at the top, in one object of it, or in the headers of a request. */
export const secretPaths: string[] = secretNames.flatMap((name) => {
  const step = name.startsWith('"') ? `[${name}]` : `.${name}`;
  return [step.startsWith('.') ? name : step, `*${step}`, `*.headers${step}`];
});

/** Takes credentials out of free text: those in URLs, and bearer or basic ones. */
export function censorText(text: string): string {
  return text
    .replaceAll(/(\w+:\/\/[^\s:/@]*:)[^\s@/]+@/g, '$1[hidden]@')
    .replaceAll(/\b(bearer|basic)\s+[\w~+/.=-]+/gi, '$1 [hidden]');
}
