import { Group, Stack, TextInput } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useNow, useZone } from '../../app/session';
import type { ReportsSearch } from '../../app/search-params';
import { addDays, dayIn } from '../../format/dates';
import { PageHead } from '../../ui/panel';
import { DisagreementsPanel } from '../health/disagreements-panel';
import { DistributionPanel } from './distribution-panel';
import { RetentionPanel } from './retention-panel';

/** Retention and health of the whole customer base; every figure opens into what it is made of. */
export function ReportsPage(): ReactNode {
  const search = useSearch({ from: '/shell/reports' });
  const navigate = useNavigate();
  const today = dayIn(useNow(), useZone());
  const set = (change: Partial<ReportsSearch>): void =>
    void navigate({ to: '/reports', search: { ...search, ...change }, replace: true, resetScroll: false });
  const period = { from: search.from ?? addDays(today, -365), to: search.to ?? today };
  const ranges = [
    { value: addDays(today, -28), label: '4 weeks' },
    { value: addDays(today, -91), label: '13 weeks' },
    { value: addDays(today, -182), label: '26 weeks' },
  ];
  return (
    <>
      <PageHead
        title="Reports"
        sub={
          <Link to="/last-year" className="link">
            Your last 12 months: what the alerts would have said
          </Link>
        }
        aside={
          <Group gap={8} align="flex-end">
            <TextInput
              type="date"
              size="sm"
              label="From"
              max={period.to}
              value={period.from}
              onChange={(event) => set({ from: event.currentTarget.value || undefined })}
            />
            <TextInput
              type="date"
              size="sm"
              label="To"
              min={period.from}
              value={period.to}
              onChange={(event) => set({ to: event.currentTarget.value || undefined })}
            />
          </Group>
        }
      />
      <Stack>
        <RetentionPanel
          period={period}
          by={search.by ?? 'segment'}
          figure={search.figure}
          onBy={(by) => set({ by })}
          onFigure={(figure) => set({ figure })}
        />
        <DistributionPanel
          compare={search.compare ?? addDays(today, -91)}
          ranges={ranges}
          onCompare={(compare) => set({ compare })}
        />
        <DisagreementsPanel />
      </Stack>
    </>
  );
}
