import { Anchor, Box } from '@mantine/core';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Empty, Failed, Lines } from '../ui/states';

export function NotFound(): ReactNode {
  return (
    <Empty
      title="There is no such page"
      action={
        <Anchor component={Link} to="/">
          Go to Today
        </Anchor>
      }
    >
      The address may be mistyped, or what it showed has gone.
    </Empty>
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
