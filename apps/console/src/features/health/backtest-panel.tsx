import { Button, Group, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { BacktestReport } from '@tenure/scoring';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { useMe, useZone } from '../../app/session';
import { instant } from '../../format/dates';
import { Panel } from '../../ui/panel';
import { Empty } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import { BacktestView } from './backtest-report';
import { studiesQuery } from './studies';
import { StudyView } from './study-view';

const subjects = [
  { value: 'churn', label: 'Churn probability, learned on the time before' },
  { value: 'score', label: 'Health score, the model in force' },
];

/** Any model against the past, with what was known then. */
export function BacktestPanel(): ReactNode {
  const zone = useZone();
  const { role } = useMe().person;
  const [subject, setSubject] = useState('churn');
  const [chosen, setChosen] = useState<string | null>(null);
  const past = useQuery(studiesQuery('backtest'));
  const items = past.data?.items ?? [];
  const shown = chosen ?? items[0]?.studyId ?? null;
  const run = useChange({
    write: () => api.post<{ studyId: string }>('/backtests', { subject }),
    refresh: ['studies', 'of', 'backtest'],
    onDone: ({ studyId }) => setChosen(studyId),
  });
  return (
    <Panel title="Backtest">
      <Stack>
        <Group align="flex-end">
          {role === 'admin' || role === 'leader' ? (
            <>
              <Select
                label="What"
                allowDeselect={false}
                data={subjects}
                value={subject}
                w={330}
                maw="100%"
                onChange={(value) => setSubject(value ?? 'churn')}
              />
              <Button loading={run.isPending} onClick={() => run.mutate(undefined)}>
                Run against the past
              </Button>
            </>
          ) : null}
          {items.length > 1 ? (
            <Select
              label="Runs"
              allowDeselect={false}
              data={items.map((study) => ({
                value: study.studyId,
                label: `${instant(study.askedAt, zone)}, ${study.question.subject ?? ''}`,
              }))}
              value={shown}
              onChange={setChosen}
            />
          ) : null}
        </Group>
        {shown ? (
          <StudyView<BacktestReport> key={shown} studyId={shown}>
            {(report) => <BacktestView report={report} />}
          </StudyView>
        ) : (
          <Empty title="No backtest yet">
            It looks at every account as it was known on days of the past, and compares what a model would have said
            with what came.
          </Empty>
        )}
      </Stack>
    </Panel>
  );
}
