import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/styles.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { onSignedOut } from './api/client';
import { isRetryable } from './api/problem';
import { makeRouter } from './app/router';
import { cssVariables, theme } from './app/theme';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < 2 && isRetryable(error),
    },
  },
});
const router = makeRouter(client);

// A session that ends while someone works: what they see goes, and sign-in leads back to where they were.
onSignedOut(() => {
  const { href, pathname } = router.state.location;
  const known = client.getQueryData(['me']) !== undefined;
  if (pathname === '/sign-in' || !known) return;
  client.clear();
  void router.navigate({ to: '/sign-in', search: { next: href, expired: '1' } });
});

const element = document.getElementById('root');
if (element) {
  createRoot(element).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <Notifications position="bottom-right" limit={3} />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
