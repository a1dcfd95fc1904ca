import { Button, Group, Progress, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import { count } from '../../format/money';
import { Empty, Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import styles from './model.module.css';
import { type Study, studyQuery } from './studies';

function Running({ study }: { study: Study<object> }): ReactNode {
  const cancel = useChange({
    write: () => api.post(`/studies/${study.studyId}/cancel`),
    refresh: ['studies'],
  });
  const share = study.total > 0 ? (100 * study.done) / study.total : 0;
  return (
    <Stack gap="xs">
      <Progress value={share} aria-label={`${study.done} of ${study.total} accounts looked at`} />
      <Group justify="space-between">
        <span className={`num ${styles.note}`}>
          {study.state === 'waiting' ? 'Waiting' : `${count(study.done)} of ${count(study.total)} accounts`}
        </span>
        <Button size="xs" variant="default" onClick={() => cancel.mutate(undefined)}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}

/** A study while it runs, with a way to stop it, and its answer once it is there. */
export function StudyView<Result, Question = object>(props: {
  studyId: string;
  children: (result: Result, study: Study<Result, Question>) => ReactNode;
}): ReactNode {
  const query = useQuery(studyQuery<Result, Question>(props.studyId));
  return (
    <Loaded query={query}>
      {(study) => {
        if (study.state === 'done' && study.result) return props.children(study.result, study);
        if (study.state === 'cancelled') return <Empty title="It was cancelled" />;
        if (study.state === 'failed') return <Empty title="It failed">{study.result?.error}</Empty>;
        return <Running study={study as Study<object>} />;
      }}
    </Loaded>
  );
}
