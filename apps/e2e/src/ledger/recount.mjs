// Judges a run by the client's own ledger. It imports nothing of the project: what it knows of Tenure is its public
// surface. node recount.mjs LEDGER USAGE USAGE_TOPIC ALERT_TOPIC prints its findings as JSON and exits 1 if there are any.
//   LEDGER       a line for each attempt: {status, events: [{id, kind, account, day}]}
//   USAGE        {account: {day: events}}, as GET /api/v1/accounts/{id}/usage told it
//   USAGE_TOPIC  the values of the records on usage-events.v1, one a line; ALERT_TOPIC those of risk-alerts.v1
import { readFileSync } from 'node:fs';

const [ledgerFile, usageFile, usageTopicFile, alertTopicFile] = process.argv.slice(2);
const lines = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const sent = new Map();
const acknowledged = new Set();
let unknown = 0;
for (const { status, events } of lines(ledgerFile)) {
  for (const event of events) {
    sent.set(event.id, event);
    if (status === 200 || status === 202) acknowledged.add(event.id);
    else unknown += 1;
  }
}

const lost = [];
const twice = [];
const neverSent = [];

// The log: every acknowledged event is there, and nothing that was never sent. The same event may be there twice.
const onTopic = new Map();
let repeated = 0;
for (const { id, subject, time } of lines(usageTopicFile)) {
  if (onTopic.has(id)) repeated += 1;
  else onTopic.set(id, { account: subject, day: time.slice(0, 10) });
  if (!sent.has(id)) neverSent.push(`${id} is on the topic`);
}
for (const [id, { kind }] of sent) {
  if (kind === 'usage' && acknowledged.has(id) && !onTopic.has(id)) lost.push(`${id} is not on the topic`);
}

// The counts: exactly the events that arrived, each once.
const expected = new Map();
for (const { account, day } of onTopic.values()) {
  expected.set(`${account} ${day}`, (expected.get(`${account} ${day}`) ?? 0) + 1);
}
const usage = JSON.parse(readFileSync(usageFile, 'utf8'));
for (const [account, days] of Object.entries(usage)) {
  for (const [day, counted] of Object.entries(days)) {
    const wanted = expected.get(`${account} ${day}`) ?? 0;
    if (counted > wanted) twice.push(`${account} ${day}: ${counted} counted, ${wanted} sent`);
    if (counted < wanted) lost.push(`${account} ${day}: ${counted} counted, ${wanted} sent`);
  }
}
for (const key of expected.keys()) {
  const [account, day] = key.split(' ');
  if (usage[account]?.[day] === undefined) lost.push(`${key}: not counted at all`);
}

// The alerts: one for each account that was escalated. The relay may publish one twice, with the same id and body.
const published = new Map();
const alertsOf = new Map();
let republished = 0;
for (const alert of lines(alertTopicFile)) {
  const before = published.get(alert.id);
  if (before !== undefined) republished += 1;
  if (before !== undefined && before !== JSON.stringify(alert)) twice.push(`${alert.id} has two bodies`);
  published.set(alert.id, JSON.stringify(alert));
  if (alert.data.signal !== 'escalation-open') continue;
  const ids = alertsOf.get(alert.subject) ?? new Set();
  alertsOf.set(alert.subject, ids.add(alert.data.alertId));
}
const escalated = [...sent.values()].filter(({ kind }) => kind === 'escalation');
for (const { id, account } of escalated) {
  const alerts = alertsOf.get(account)?.size ?? 0;
  if (alerts === 0 && acknowledged.has(id)) lost.push(`${account} was escalated and has no alert`);
  if (alerts > 1) twice.push(`${account} has ${alerts} alerts`);
}
const known = new Set(escalated.map(({ account }) => account));
for (const account of alertsOf.keys()) if (!known.has(account)) neverSent.push(`${account} has an alert`);

const counts = { sent: sent.size, acknowledged: acknowledged.size, unknown, repeated, republished };
process.stdout.write(`${JSON.stringify({ ...counts, lost, twice, neverSent })}\n`);
process.exitCode = lost.length + twice.length + neverSent.length > 0 ? 1 : 0;
