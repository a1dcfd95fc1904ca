import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { ProblemError } from '../api/problem';
import { NotFound, PageFailed, PagePending } from './fallbacks';
import {
  accountsSearch,
  alertsSearch,
  renewalsSearch,
  reportsSearch,
  signInSearch,
  sourceSearch,
  todaySearch,
} from './search-params';
import { meQuery } from './session';
import { Shell } from './shell';

const root = createRootRouteWithContext<{ client: QueryClient }>()({ notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('../features/gateway/sign-in.page'), 'SignInPage'),
});

/** Everything below needs a session; without one, the way leads through sign-in and back. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(meQuery);
    } catch (error) {
      if (!(error instanceof ProblemError && error.status === 401)) throw error;
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
  },
});

const today = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: todaySearch,
  component: lazyRouteComponent(() => import('../features/reporting/today.page'), 'TodayPage'),
});

const accounts = createRoute({
  getParentRoute: () => shell,
  path: '/accounts',
  validateSearch: accountsSearch,
  component: lazyRouteComponent(() => import('../features/reporting/portfolio.page'), 'PortfolioPage'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/accounts/$accountId',
  component: lazyRouteComponent(() => import('../features/reporting/account.page'), 'AccountPage'),
});

const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  validateSearch: alertsSearch,
  component: lazyRouteComponent(() => import('../features/health/alerts.page'), 'AlertsPage'),
});

const renewals = createRoute({
  getParentRoute: () => shell,
  path: '/renewals',
  validateSearch: renewalsSearch,
  component: lazyRouteComponent(() => import('../features/renewals/renewals.page'), 'RenewalsPage'),
});

const reports = createRoute({
  getParentRoute: () => shell,
  path: '/reports',
  validateSearch: reportsSearch,
  component: lazyRouteComponent(() => import('../features/reporting/reports.page'), 'ReportsPage'),
});

const lastYear = createRoute({
  getParentRoute: () => shell,
  path: '/last-year',
  component: lazyRouteComponent(() => import('../features/health/last-year.page'), 'LastYearPage'),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-layout'), 'SettingsLayout'),
});

const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/sources' });
  },
});

const sources = createRoute({
  getParentRoute: () => settings,
  path: '/sources',
  component: lazyRouteComponent(() => import('../features/ingestion/sources.page'), 'SourcesPage'),
});

/** An address to name in a guide or a message; the mapping itself is a tab of the source's page. */
const sourceMapping = createRoute({
  getParentRoute: () => settings,
  path: '/sources/$sourceId/mapping',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/settings/sources/$sourceId', params, search: { tab: 'mapping' } });
  },
});

const source = createRoute({
  getParentRoute: () => settings,
  path: '/sources/$sourceId',
  validateSearch: sourceSearch,
  component: lazyRouteComponent(() => import('../features/ingestion/source.page'), 'SourcePage'),
});

const events = createRoute({
  getParentRoute: () => settings,
  path: '/events',
  component: lazyRouteComponent(() => import('../features/ingestion/events.page'), 'EventsPage'),
});

const held = createRoute({
  getParentRoute: () => settings,
  path: '/held',
  component: lazyRouteComponent(() => import('../features/ingestion/held.page'), 'HeldPage'),
});

const model = createRoute({
  getParentRoute: () => settings,
  path: '/model',
  component: lazyRouteComponent(() => import('../features/health/model.page'), 'ModelPage'),
});

const signalCatalogue = createRoute({
  getParentRoute: () => settings,
  path: '/signals',
  component: lazyRouteComponent(() => import('../features/health/signals.page'), 'SignalsPage'),
});

const signal = createRoute({
  getParentRoute: () => settings,
  path: '/signals/$signal',
  component: lazyRouteComponent(() => import('../features/health/signal.page'), 'SignalPage'),
});

const prediction = createRoute({
  getParentRoute: () => settings,
  path: '/prediction',
  component: lazyRouteComponent(() => import('../features/health/prediction.page'), 'PredictionPage'),
});

const imports = createRoute({
  getParentRoute: () => settings,
  path: '/import',
  component: lazyRouteComponent(() => import('../features/ingestion/import.page'), 'ImportPage'),
});

const erasures = createRoute({
  getParentRoute: () => settings,
  path: '/erasures',
  component: lazyRouteComponent(() => import('../features/ingestion/erasures.page'), 'ErasuresPage'),
});

const destinations = createRoute({
  getParentRoute: () => settings,
  path: '/destinations',
  component: lazyRouteComponent(() => import('../features/notifications/destinations.page'), 'DestinationsPage'),
});

const digest = createRoute({
  getParentRoute: () => settings,
  path: '/digest',
  component: lazyRouteComponent(() => import('../features/notifications/digest.page'), 'DigestPage'),
});

const people = createRoute({
  getParentRoute: () => settings,
  path: '/people',
  component: lazyRouteComponent(() => import('../features/gateway/people.page'), 'PeoplePage'),
});

const keys = createRoute({
  getParentRoute: () => settings,
  path: '/keys',
  component: lazyRouteComponent(() => import('../features/gateway/keys.page'), 'KeysPage'),
});

const tree = root.addChildren([
  signIn,
  shell.addChildren([
    today,
    accounts,
    account,
    alerts,
    renewals,
    reports,
    lastYear,
    settings.addChildren([
      imports,
      erasures,

      settingsIndex,
      sources,
      source,
      sourceMapping,
      events,
      held,
      model,
      prediction,
      signalCatalogue,
      signal,
      destinations,
      digest,
      people,
      keys,
    ]),
  ]),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: PageFailed,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
