import { Box, Title } from '@mantine/core';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Failed, Lines } from '../ui/states';

export function NotFound(): ReactNode {
  return (
    <main style={{ padding: 40, textAlign: 'center' }}>
      <Title order={1}>There is no such page</Title>
      <p>The address may be mistyped, or what it showed has gone.</p>
      <Link to="/" className="text-link">
        Go to Today
      </Link>
    </main>
  );
}

export function PagePending(): ReactNode {
  return (
    <Box maw={720}>
      <Lines rows={8} />
    </Box>
  );
}

export function PageFailed({ error, reset }: ErrorComponentProps): ReactNode {
  return <Failed error={error} retry={reset} />;
}
