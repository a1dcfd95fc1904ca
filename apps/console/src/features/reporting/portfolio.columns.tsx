import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccountRow } from '../../api/types';
import { OwnerName } from '../../app/owner-name';
import { day } from '../../format/dates';
import { percent, shortMoney } from '../../format/money';
import { nameOf, words } from '../../format/words';
import { ScoreMark, SeverityMark, TrendMark } from '../../ui/marks';
import styles from './portfolio.module.css';

export const features = tableFeatures({});
const helper = createColumnHelper<typeof features, AccountRow>();

/** How a column sorts: the API's name for it, which way first, and whether it stands to the right. */
export const sorts: Record<string, { by: string; descendingFirst: boolean; right?: boolean } | undefined> = {
  name: { by: 'name', descendingFirst: false },
  score: { by: 'score', descendingFirst: false },
  trend: { by: 'trend', descendingFirst: false },
  arr: { by: 'arr', descendingFirst: true, right: true },
  decisionDate: { by: 'decisionDate', descendingFirst: false },
  openAlerts: { by: 'openAlerts', descendingFirst: true },
};

export function Alerts({ row }: { row: AccountRow }): ReactNode {
  if (row.openAlerts === 0) return <span className={styles.dim}>–</span>;
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }} className="num">
      {row.worstSeverity ? <SeverityMark severity={row.worstSeverity} quiet /> : null}
      {row.openAlerts}
    </span>
  );
}

export const columns = helper.columns([
  helper.accessor('name', {
    header: 'Account',
    cell: ({ row: { original } }) => (
      <div className={styles.name}>
        <Link
          to="/accounts/$accountId"
          params={{ accountId: original.accountId }}
          className="link"
          title={nameOf(original)}
        >
          {nameOf(original)}
        </Link>
        <small>
          {words(original.segment)} · {words(original.stage)}
        </small>
      </div>
    ),
  }),
  helper.accessor('score', {
    header: 'Score',
    cell: ({ row: { original } }) => <ScoreMark score={original.score} band={original.band} />,
  }),
  helper.accessor('trend', { header: 'Trend', cell: ({ getValue }) => <TrendMark trend={getValue()} /> }),
  helper.accessor('coverage', {
    header: 'Coverage',
    cell: ({ getValue }) => <span className="num">{percent(getValue())}</span>,
  }),
  helper.accessor('arr', {
    header: 'ARR',
    cell: ({ row: { original } }) => <span className="num">{shortMoney(original.arr, original.currency)}</span>,
  }),
  helper.accessor('decisionDate', {
    header: 'Decision',
    cell: ({ getValue }) => <span className="num">{day(getValue())}</span>,
  }),
  helper.accessor('openAlerts', { header: 'Alerts', cell: ({ row: { original } }) => <Alerts row={original} /> }),
  helper.accessor((row) => row.owner?.name ?? row.owner?.email ?? null, {
    id: 'owner',
    header: 'Owner',
    cell: ({ row: { original } }) => (
      <div className={styles.clip}>
        <OwnerName owner={original.owner} none="–" />
      </div>
    ),
  }),
]);
