import { Button, Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemError, describeError, isRetryable } from '../api/problem';
import styles from './panel.module.css';

/** Nothing to show, why that is, and what to do next. */
export function Empty(props: { title: string; children?: ReactNode; action?: ReactNode }): ReactNode {
  return (
    <div className={styles.state}>
      <strong>{props.title}</strong>
      {props.children ? <p>{props.children}</p> : null}
      {props.action}
    </div>
  );
}

/** What failed in the problem's own words, its trace id for support, and another try where one can help. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }): ReactNode {
  const problem = error instanceof ProblemError ? error : null;
  return (
    <div className={styles.state} role="alert">
      <strong>{problem?.title ?? 'This could not be loaded'}</strong>
      {problem && problem.detail === problem.title ? null : <p>{describeError(error)}</p>}
      {problem?.traceId ? <p className="num">Trace {problem.traceId}</p> : null}
      {retry && isRetryable(error) ? (
        <Button variant="default" size="sm" onClick={retry}>
          Try again
        </Button>
      ) : null}
    </div>
  );
}

export function Lines({ rows = 4, height = 16 }: { rows?: number; height?: number }): ReactNode {
  return (
    <Stack gap={12} py={6} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} width={`${96 - ((row * 17) % 34)}%`} radius="sm" />
      ))}
    </Stack>
  );
}

/** Shows a query: skeleton while it loads, the problem when it fails, `children` of its data otherwise. */
export function Loaded<T>(props: {
  query: UseQueryResult<T>;
  rows?: number;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}): ReactNode {
  const { query } = props;
  if (query.data !== undefined) return props.children(query.data);
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return props.skeleton ?? <Lines rows={props.rows ?? 4} />;
}
