import { existsSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { eventually, startStack, type TestStack } from '@tenure/testing';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { seed } from '../client/seeded';
import { cloudEvent, createTenant, type Tenant } from '../client/tenant';

jest.setTimeout(300_000);

const password = 'a-long-enough-password';
const soon = 20_000;
const widths = [1280, 390];
const pages = [
  '/',
  '/accounts',
  '/alerts',
  '/renewals',
  '/reports',
  '/settings/sources',
  '/settings/events',
  '/settings/destinations',
];

let stack: TestStack;
let tenant: Tenant;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const troubles: string[] = [];

beforeAll(async () => {
  stack = await startStack({ env: { RATE_LIMIT_PER_MINUTE: '0' } });
  tenant = await createTenant(stack, 'acme');
  await seed(stack, tenant);
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(soon);
  page.on('pageerror', (error) => troubles.push(error.message));
});

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

function chromiumPath(): string {
  const paths = [
    process.env['CHROMIUM_PATH'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const found = paths.find((path) => path && existsSync(path));
  if (!found) throw new Error('There is no Chromium: name one in CHROMIUM_PATH.');
  return found;
}

const open = async (path: string): Promise<void> => {
  await page.goto(stack.urls.gateway + path);
  await page.locator('h1').first().waitFor();
  await settled();
};

/** Nothing is loading any more. */
const settled = () => page.locator('[aria-label="Loading"]').first().waitFor({ state: 'detached' });

/** The rows of Today: the accounts that need somebody. */
const rows = () => page.locator('li[data-row]');
const namesOfRows = () => page.locator('li[data-row] [data-row-link]').allTextContents();

describe('In the console', () => {
  it('a person without a session is led to sign in, and the first admin sets a password with the link', async () => {
    await page.goto(`${stack.urls.gateway}/renewals`);
    await page.getByLabel('E-mail').waitFor();
    const link = new URL(tenant.signInLink);
    await page.goto(`${stack.urls.gateway}${link.pathname}${link.search}${link.hash}`);
    await page.getByLabel('New password').fill(password);
    await page.getByRole('button', { name: 'Set the password and sign in' }).click();
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('signs in with a password, and is told when it is wrong', async () => {
    await context.clearCookies();
    await page.goto(`${stack.urls.gateway}/sign-in`);
    await page.getByLabel('E-mail').fill('admin@acme.test');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('E-mail or password is not right.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('Today shows at most ten accounts with reasons; one acts on the first, and takes it back', async () => {
    await open('/?owner=all');
    await rows().first().waitFor();
    const before = await namesOfRows();
    expect(before.length).toBeLessThanOrEqual(10);
    const [first = ''] = before;
    await rows()
      .first()
      .getByRole('button', { name: /acknowledge/i })
      .click();
    await page.locator('li[data-row]', { hasText: first }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /undo/i }).first().click();
    await page.locator('li[data-row]', { hasText: first }).waitFor();
    expect(await namesOfRows()).toEqual(before);
  });

  it('the portfolio’s filter stands in the URL, and a reload keeps it', async () => {
    await open('/accounts');
    const total = await page.locator('h1').locator('..').textContent();
    await page.getByLabel('Search accounts').fill('a');
    await page.waitForURL(/search=a/);
    await page
      .getByRole('combobox', { name: 'Band' })
      .or(page.getByLabel('Band', { exact: true }))
      .first()
      .click();
    await page.getByRole('option').first().click();
    await page.waitForURL(/band=/);
    const url = page.url();
    await page.reload();
    await page.locator('h1').first().waitFor();
    await settled();
    expect(page.url()).toBe(url);
    expect(await page.getByLabel('Search accounts').inputValue()).toBe('a');
    expect(await page.locator('h1').locator('..').textContent()).not.toBe(total);
  });

  it('an account’s page tells its score with its parts, its alerts and its usage', async () => {
    await open('/?owner=all');
    await rows().first().locator('[data-row-link]').click();
    await page.waitForURL(/\/accounts\//);
    await settled();
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
    const titles = await page.getByRole('heading').allTextContents();
    for (const title of ['Health score', 'Risks', 'Usage']) expect(titles.join(' | ')).toContain(title);
  });

  it('a source’s page shows events as they come, and what was refused with its reason; a replay says what came of it', async () => {
    await open(`${await sourcePath()}?tab=live`);
    let sent = 0;
    await eventually(
      async () => {
        const seen = { accountId: 'seen-live', userId: 'u', event: 'Seen Live' };
        const bad = { accountId: 'seen-live', ticketId: 'T', status: 'open', priority: 'low' };
        await tenant.send([cloudEvent('usage.recorded', `seen-${(sent += 1)}`, seen)]);
        await tenant.send([cloudEvent('ticket.changed', `bad-${sent}`, bad), cloudEvent('nothing', `no-${sent}`, {})]);
        await page.locator('summary', { hasText: 'Seen Live' }).first().waitFor({ timeout: 4_000 });
      },
      { timeoutMs: 60_000 },
    );
    await page.locator('summary', { hasText: 'Seen Live' }).first().click();
    await page
      .getByRole('region', { name: 'As it was mapped' })
      .first()
      .getByText('tenure.usage.recorded.v1')
      .waitFor();
    await page.getByRole('tab', { name: 'Rejects' }).click();
    await page.getByText('change is missing').first().waitFor();
    await page.getByRole('button', { name: 'Replay all' }).click();
    const result = page.getByText(/^Replayed:/);
    await result.waitFor();
    expect(await result.textContent()).toMatch(/^Replayed: 0 accepted, 0 held, [1-9]\d* refused again$/);
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByText(/sent/).first().waitFor();
    await eventually(async () => {
      await open('/settings/events');
      await page.getByRole('button', { name: 'Seen Live', exact: true }).waitFor({ timeout: 3_000 });
    });
  });

  it.each(widths.flatMap((width) => [...pages, 'an account', 'a source'].map((path) => [path, width] as const)))(
    '%s has nothing that axe finds, %i pixels wide, and does not scroll sideways',
    async (path, width) => {
      await page.setViewportSize({ width, height: 900 });
      await open(path === 'an account' ? await accountPath() : path === 'a source' ? await sourcePath() : path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      const over = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(over).toBeLessThanOrEqual(0);
    },
  );

  it('no page threw an error', () => expect(troubles).toEqual([]));
});

async function accountPath(): Promise<string> {
  const { body } = await tenant.get<{ items: { accountId: string }[] }>('/api/v1/today?owner=all');
  return `/accounts/${body.items[0]?.accountId}`;
}

async function sourcePath(): Promise<string> {
  const { body } = await tenant.get<{ items: { id: string }[] }>('/api/v1/sources');
  return `/settings/sources/${body.items[0]?.id}`;
}
