import type { Said } from './commercial-titles.domain';

type Data = Readonly<Record<string, unknown>>;

const words = (value: unknown): string => (typeof value === 'string' ? value.replaceAll('-', ' ') : '');
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const capital = (said: string): string => said.charAt(0).toUpperCase() + said.slice(1);

const ticketWords: Readonly<Record<string, string>> = {
  opened: 'Ticket opened',
  escalated: 'Ticket escalated',
  solved: 'Ticket solved',
  reopened: 'Ticket reopened',
};

/** Opened, escalated, solved, reopened, or rated; replies and the closing by itself say nothing new. */
export function ticketTitle(data: Data, before: Data | null): Said | null {
  const said = ticketWords[String(data['change'])];
  const rated = typeof data['csat'] === 'number' && data['csat'] !== before?.['csat'];
  if (!said && !rated) return null;
  const subject = text(data['subject']) ?? text(before?.['subject']) ?? String(data['ticketId']);
  const rating = rated ? `rated ${String(data['csat'])} of 5` : '';
  const detail = [`${words(data['priority'])} priority`, rating].filter(Boolean).join(', ');
  return { title: `${said ?? 'Ticket rated'}: ${subject}`, detail: capital(detail) };
}

const stakeholderWords: Readonly<Record<string, string>> = {
  added: 'is a new stakeholder',
  left: 'has left',
  returned: 'is back',
};

export function stakeholderTitle(data: Data, before: Data | null): Said | null {
  const roles = rolesOf(data);
  const was = rolesOf(before ?? {});
  const name = String(data['name']);
  const said = stakeholderWords[String(data['change'])];
  if (said) return { title: `${name} ${said}`, detail: capital(roles || was) || null };
  if (roles && before && roles !== was) return { title: `${name} is now ${roles}`, detail: was ? `Was ${was}` : null };
  return null;
}

const rolesOf = (data: Data): string => (Array.isArray(data['roles']) ? data['roles'].map(words).join(', ') : '');

export function surveyTitle(data: Data): Said {
  const kind = String(data['kind']);
  const name = kind === 'custom' ? 'Survey' : kind.toUpperCase();
  const who = text(data['email']);
  const detail = [text(data['comment']), who ? `from ${who}` : undefined].filter(Boolean).join(' – ');
  return { title: `${name} answer: ${String(data['score'])}`, detail: capital(detail) || null };
}

const shown = new Set(['held', 'missed', 'cancelled', 'received', 'bounced', 'no-reply', 'sent', 'scheduled']);

/** Each outcome once; a touchpoint told again with the same outcome says nothing new. */
export function touchpointTitle(data: Data, before: Data | null): Said | null {
  const outcome = String(data['outcome']);
  if (!shown.has(outcome) || before?.['outcome'] === outcome) return null;
  const purpose = text(data['purpose']) ?? text(before?.['purpose']);
  const kind = words(data['kind']);
  const what = purpose && purpose !== data['kind'] ? `${words(purpose)} ${kind}` : kind;
  return {
    title: `${capital(what)} ${words(outcome)}`,
    detail: text(data['subject']) ?? text(before?.['subject']) ?? null,
  };
}
