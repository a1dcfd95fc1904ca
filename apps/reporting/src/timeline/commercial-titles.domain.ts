type Data = Readonly<Record<string, unknown>>;

/** What a timeline line says. */
export interface Said {
  readonly title: string;
  readonly detail?: string | null;
}

const words = (value: unknown): string => (typeof value === 'string' ? value.replaceAll('-', ' ') : '');

/** An amount as people read it, with the currency's code: 120,000 USD. */
export const amountText = (amount: number, currency: unknown): string =>
  `${new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 }).format(amount)} ${String(currency)}`;

/** A new stage and a new owner; the first word about an account is its beginning. */
export function accountTitles(data: Data, before: Data | null): Said[] {
  if (before === null)
    return [{ title: 'The account was added', detail: words(data['stage']) ? `Stage ${words(data['stage'])}` : null }];
  const said: Said[] = [];
  const stage = data['stage'];
  if (typeof stage === 'string' && stage !== before['stage']) {
    const was = words(before['stage']);
    said.push({ title: `Stage is now ${words(stage)}`, detail: was ? `Was ${was}` : null });
  }
  const owner = csmOf(data);
  if (owner !== undefined && owner !== csmOf(before)) said.push({ title: `${owner} is now the CSM` });
  return said;
}

function csmOf(data: Data): string | undefined {
  const team = data['team'];
  if (!Array.isArray(team)) return undefined;
  return (team as { role?: string; email?: string }[]).find((member) => member.role === 'csm')?.email;
}

const contractWords: Readonly<Record<string, string>> = {
  draft: 'Contract drafted',
  active: 'Contract in force',
  'notice-given': 'Notice given',
  ended: 'Contract ended',
  cancelled: 'Contract cancelled',
};

/** A new contract, a new status, or other amounts; anything else of it says nothing on the timeline. */
export function contractTitle(data: Data, before: Data | null): Said | null {
  const arr = recurring(data['lines']);
  const detail = `${amountText(arr, data['currency'])} a year, ${String(data['start'])} to ${String(data['end'])}`;
  if (before === null || data['status'] !== before['status']) {
    const title = contractWords[String(data['status'])] ?? 'Contract changed';
    return { title: `${title}: ${String(data['contractId'])}`, detail };
  }
  const was = recurring(before['lines']);
  if (arr === was) return null;
  return {
    title: `Contract ${arr > was ? 'grew' : 'shrank'}: ${String(data['contractId'])}`,
    detail: `${amountText(was, data['currency'])} a year before, ${amountText(arr, data['currency'])} now`,
  };
}

function recurring(lines: unknown): number {
  const list = Array.isArray(lines) ? (lines as { kind?: string; arr?: number }[]) : [];
  const cents = list.filter((line) => line.kind === 'recurring').map((line) => Math.round((line.arr ?? 0) * 10_000));
  return cents.reduce((sum, each) => sum + each, 0) / 10_000;
}

const invoiceWords: Readonly<Record<string, string>> = {
  overdue: 'Invoice overdue',
  failed: 'Payment failed',
  paid: 'Invoice paid',
};

/** Trouble with an invoice, and its end; issuing and paying in time is no news. */
export function invoiceTitle(data: Data, before: Data | null): Said | null {
  const status = String(data['status']);
  const said = invoiceWords[status];
  const trouble = before?.['status'] === 'overdue' || before?.['status'] === 'failed';
  if (!said || status === before?.['status'] || (status === 'paid' && !trouble)) return null;
  const due = String(data['dueAt']).slice(0, 10);
  return { title: said, detail: `${amountText(Number(data['amount']), data['currency'])}, due ${due}` };
}
