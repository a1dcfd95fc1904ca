import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { riskAlertEvents, type AlertChange, type RiskAlert } from '@tenure/contracts';
import {
  buildEnvelope,
  callerToken,
  eventually,
  FixedClock,
  startTestService,
  type TestService,
} from '@tenure/testing';
import { Client } from 'pg';
import { sampleAlert } from '../destinations/sample-alert.domain';
import { nextDigestAt } from '../digest/digest.domain';
import { SendDigestsHandler } from '../digest/send-digests.handler';
import { service as definition } from '../notifications.service';

/** What the mail server says to RCPT and to the text; 250 takes it. */
interface MailManners {
  rcpt: string;
  data: string;
}

const clock = new FixedClock(new Date());
const mails: string[] = [];
const recipients: string[] = [];
const manners: MailManners = { rcpt: '250 ok', data: '250 ok' };
const slacks: { text: string; blocks: unknown[] }[] = [];
let slackStatus = 200;
let slackBody = 'ok';
let retryAfter: string | undefined;

let slack: Server;
let smtp: TcpServer;
let service: TestService;
let alerts = 0;

/** As much of SMTP as a client needs to hand over a message. */
function mailServer(): TcpServer {
  return createTcpServer((socket) => {
    let text = '';
    let inData = false;
    socket.setEncoding('utf8').write('220 test\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => {
      text += chunk;
      for (
        let end = text.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        end >= 0;
        end = text.indexOf(inData ? '\r\n.\r\n' : '\r\n')
      ) {
        const one = text.slice(0, end);
        text = text.slice(end + (inData ? 5 : 2));
        if (inData) {
          mails.push(one);
          inData = false;
          socket.write(`${manners.data}\r\n`);
        } else if (/^DATA/i.test(one)) {
          inData = true;
          socket.write('354 go\r\n');
        } else if (/^RCPT/i.test(one)) {
          recipients.push(one);
          socket.write(`${manners.rcpt}\r\n`);
        } else socket.write(/^QUIT/i.test(one) ? '221 bye\r\n' : '250 test\r\n');
      }
    });
  });
}

async function call(method: string, path: string, body?: object, caller: object = {}) {
  const reply = await fetch(`${service.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await callerToken('notifications', caller)}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  return { status: reply.status, body: text ? JSON.parse(text) : undefined };
}

async function destination(body: object): Promise<string> {
  const made = await call('POST', '/destinations', { name: 'People', ...body });
  expect(made.status).toBe(201);
  return made.body.id;
}

async function publish(change: AlertChange, data: Partial<RiskAlert> = {}, tenant = 'acme'): Promise<void> {
  const alertId = data.alertId ?? `c-${++alerts}`;
  const version = data.version ?? 1;
  const alert = { ...sampleAlert(alertId, new Date(), 'http://localhost:4000'), test: false, ...data, change, version };
  const time = new Date().toISOString();
  await service.kafka.produce(
    buildEnvelope(riskAlertEvents[change], alert, { id: `${alertId}.${version}`, time, tenant }),
  );
}

const attemptsOf = async (id: string) => (await call('GET', `/deliveries?destinationId=${id}`)).body.items;
const slackUrl = (): string => `http://127.0.0.1:${(slack.address() as AddressInfo).port}/services/T0/B0/secret-part`;
const slackDestination = (more: object = {}) => destination({ kind: 'slack', url: slackUrl(), ...more });

beforeAll(async () => {
  slack = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      slacks.push(JSON.parse(body));
      response.writeHead(slackStatus, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end(slackBody);
    });
  });
  smtp = mailServer();
  for (const server of [slack, smtp]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  service = await startTestService('notifications', definition, {
    clock,
    env: {
      TENURE_DEMO: '1',
      SMTP_URL: `smtp://127.0.0.1:${(smtp.address() as AddressInfo).port}`,
      MAIL_FROM: 'Tenure <tenure@acme.example>',
    },
  });
});

afterAll(async () => {
  await service.stop();
  slack.closeAllConnections();
  for (const server of [slack, smtp]) await new Promise((done) => server.close(done));
});

afterEach(async () => {
  for (const { id } of (await call('GET', '/destinations')).body.items) await call('DELETE', `/destinations/${id}`);
  Object.assign(manners, { rcpt: '250 ok', data: '250 ok' });
  [slackStatus, slackBody, retryAfter] = [200, 'ok', undefined];
  for (const list of [mails, recipients, slacks]) list.length = 0;
  clock.set(new Date());
});

describe('Slack', () => {
  it('is told when an alert opens and when it resolves, not what happens between', async () => {
    const id = await slackDestination();
    for (const [change, version] of [
      ['opened', 1],
      ['acknowledged', 2],
      ['resolved', 3],
    ] as const)
      await publish(change, { alertId: 'life', version, accountName: 'Nord <!channel> & Co' });
    await eventually(() => expect(slacks).toHaveLength(2));
    expect(slacks[0]!.text).toMatch(/^New risk: Nord &lt;!channel&gt; &amp; Co/);
    expect(slacks[1]!.text).toMatch(/^Risk resolved/);
    await eventually(async () =>
      expect(await attemptsOf(id)).toMatchObject([{ status: 'delivered' }, { status: 'delivered' }]),
    );
    expect(JSON.stringify((await call('GET', '/destinations')).body)).not.toContain('secret-part');
  });

  it('is asked again when it is busy, and no more when the webhook is gone', async () => {
    [slackStatus, slackBody, retryAfter] = [429, 'rate_limited', '30'];
    const id = await slackDestination();
    await publish('opened');
    await eventually(async () => {
      const [delivery] = await attemptsOf(id);
      expect(delivery.attempts).toHaveLength(1);
      expect(Date.parse(delivery.nextAttemptAt) - clock.now().getTime()).toBe(30_000);
    });
    [slackStatus, slackBody, retryAfter] = [404, 'no_service', undefined];
    clock.advance(31_000);
    await eventually(async () => {
      const { body } = await call('GET', `/destinations/${id}`);
      expect(body).toMatchObject({ state: 'disabled', stateReason: expect.stringContaining('no_service') });
    });
  });

  it('is told once of what has one cause, with the names of all accounts', async () => {
    const id = await slackDestination();
    const causeId = 'incident:inc-9';
    for (const accountName of ['Nord', 'West', 'Ost']) await publish('opened', { accountName, causeId });
    await publish('opened', { accountName: 'Behind' });
    await eventually(async () => expect(await attemptsOf(id)).toHaveLength(2));
    expect(slacks).toHaveLength(0);
    clock.advance(61_000);
    await eventually(() => expect(slacks).toHaveLength(2));
    expect(slacks[0]!.text).toMatch(/^New risk: Nord and 2 more, .*The same at West, Ost, from one cause/);
    await publish('opened', { accountName: 'Late', causeId });
    await publish('opened', { accountName: 'Other' });
    await eventually(() => expect(slacks).toHaveLength(3));
    expect(slacks[2]!.text).toMatch(/^New risk: Other/);
  });

  it('takes a test', async () => {
    const id = await slackDestination();
    expect((await call('POST', `/destinations/${id}/test`)).body).toMatchObject({ delivered: true, status: 200 });
    expect(slacks[0]!.text).toMatch(/^\[Test\] New risk/);
  });
});

describe('e-mail', () => {
  it('brings an alert in text and HTML, whatever its account is called', async () => {
    const id = await destination({ kind: 'email', to: 'ines@acme.example' });
    await publish('opened', { accountName: 'Nord\r\nBcc: victim@example.com', summary: '<b>11</b> people' });
    await eventually(() => expect(mails).toHaveLength(1));
    const [headers = '', ...rest] = mails[0]!.split('\r\n\r\n');
    expect(recipients).toEqual(['RCPT TO:<ines@acme.example>']);
    expect(headers).toMatch(/^From: Tenure <tenure@acme\.example>$/m);
    expect(headers).toMatch(/^Subject: New risk: Nord Bcc: victim@example\.com/m);
    expect(headers).not.toMatch(/^Bcc:/m);
    expect(headers).toMatch(/^Auto-Submitted: auto-generated$/im);
    expect(headers).toMatch(/multipart\/alternative/);
    expect(rest.join('\n').replaceAll('=\r\n', '')).toContain('&lt;b&gt;11&lt;/b&gt;');
    await eventually(async () =>
      expect(await attemptsOf(id)).toMatchObject([{ status: 'delivered', attempts: [{ status: 250 }] }]),
    );
  });

  it('is tried again after a 4xx', async () => {
    manners.rcpt = '451 greylisted';
    const id = await destination({ kind: 'email', to: 'grey@acme.example' });
    await publish('opened');
    await eventually(async () =>
      expect(await attemptsOf(id)).toMatchObject([{ status: 'pending', attempts: [{ status: 451 }] }]),
    );
    manners.rcpt = '250 ok';
    clock.advance(5_300);
    await eventually(() => expect(mails).toHaveLength(1));
  });

  it('goes no more to an address that bounced, and says so', async () => {
    manners.rcpt = '550 no such user';
    const id = await destination({ kind: 'email', to: 'nobody@acme.example' });
    await publish('opened');
    await eventually(async () => {
      const { body } = await call('GET', `/destinations/${id}`);
      expect(body).toMatchObject({ state: 'disabled', stateReason: expect.stringContaining('550') });
    });
    expect(await attemptsOf(id)).toMatchObject([{ status: 'failed', attempts: [{ status: 550 }] }]);
  });

  it('goes to an owner for their own accounts only', async () => {
    await destination({ kind: 'email', to: 'ines@acme.example', ownerOnly: true });
    const owner = (email: string) => ({ owner: { id: 'p', name: 'P', email } });
    await publish('opened', owner('jo@acme.example'));
    await publish('opened', { ...owner('Ines@acme.example'), accountName: 'Mine' });
    await eventually(() => expect(mails).toHaveLength(1));
    expect(mails[0]).toContain('Mine');
  });
});

describe('the daily digest', () => {
  const ines = { tenant: 'umbra', subject: 'p-ines', role: 'csm', email: 'ines@acme.example' };
  const wish = { enabled: true, hour: 8, email: 'ines@acme.example', timeZone: 'Asia/Kolkata' };

  it('is a person’s own: off until they want it, at their own address', async () => {
    expect((await call('GET', '/digest', undefined, ines)).body).toEqual({ ...wish, enabled: false, timeZone: 'UTC' });
    expect((await call('PUT', '/digest', { ...wish, email: 'else@example.com' }, ines)).body.pointer).toBe('/email');
    expect((await call('PUT', '/digest', { ...wish, timeZone: 'Mars/Base' }, ines)).body.pointer).toBe('/timeZone');
    expect((await call('GET', '/digest', undefined, { kind: 'key', email: null })).status).toBe(403);
    expect((await call('PUT', '/digest', wish, ines)).body).toEqual(wish);
    expect((await call('GET', '/digest', undefined, ines)).body).toEqual(wish);
    expect((await call('GET', '/digest', undefined, { ...ines, tenant: 'globex' })).body.enabled).toBe(false);
  });

  it('comes at the hour where the person is, once, with what happened, and not when nothing did', async () => {
    const digests = service.app.get(SendDigestsHandler);
    await call('PUT', '/digest', wish, ines);
    expect(await digests.run()).toBe(0);
    const owner = { id: 'p', name: 'Ines', email: 'ines@acme.example' };
    await publish(
      'opened',
      { alertId: 'dig', owner, accountName: 'Digested', openedAt: clock.now().toISOString() },
      'umbra',
    );
    const other = { id: 'q', name: 'Jo', email: 'jo@acme.example' };
    await publish('opened', { owner: other, accountName: 'Not hers' }, 'umbra');
    await seen(2);
    clock.set(nextDigestAt(clock.now(), 8, 'Asia/Kolkata'));
    expect(await digests.run()).toBe(1);
    expect(await digests.run()).toBe(0);
    await eventually(() => expect(mails).toHaveLength(1));
    const mail = mails[0]!.replaceAll('=\r\n', '');
    expect(mail).toContain('Digested: usage decline');
    expect(mail).not.toContain('Not hers');
    expect(mail).toMatch(/^List-Unsubscribe: <http:\/\/localhost:4000\/settings\/digest>/m);
    await publish(
      'resolved',
      {
        alertId: 'dig',
        version: 2,
        status: 'resolved',
        owner,
        updatedAt: '2026-01-01T00:00:00Z',
      },
      'umbra',
    );
    await eventually(async () => expect(await count(`alert_id = 'dig' and resolved_at is not null`)).toBe(1));
    clock.set(nextDigestAt(clock.now(), 8, 'Asia/Kolkata'));
    expect(await digests.run()).toBe(1);
    await new Promise((done) => setTimeout(done, 2_500));
    expect(mails).toHaveLength(1);
  });
});

async function count(where: string): Promise<number> {
  const client = new Client({ connectionString: service.db.adminUrl });
  await client.connect();
  const { rows } = await client.query(
    `select count(*)::int as n from known_alerts where tenant_id = 'umbra' and ${where}`,
  );
  await client.end();
  return rows[0].n;
}

const seen = (alertsKnown: number): Promise<void> =>
  eventually(async () => expect(await count(`account_name in ('Digested', 'Not hers')`)).toBe(alertsKnown));
