import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { plural } from '../../format/money';
import { words } from '../../format/words';
import { Panel } from '../../ui/panel';
import { Loaded } from '../../ui/states';
import { AlertDrawer } from './alert-drawer';
import { AlertList } from './alert-list';
import { accountAlertsQuery, signalsQuery } from './health.queries';
import styles from './alerts-panel.module.css';

/** What is watched without a finding, and what cannot be judged, with the reason. */
function Watched({ accountId }: { accountId: string }): ReactNode {
  const signals = useQuery(signalsQuery(accountId));
  const items = signals.data?.items ?? [];
  const clear = items.filter((item) => item.state === 'clear').length;
  const blind = items.filter((item) => item.state === 'not-assessable');
  if (items.length === 0) return null;
  return (
    <details className={styles.watched}>
      <summary>
        {plural(clear, 'signal')} clear, {blind.length} not assessable
      </summary>
      <ul>
        {blind.map((item) => (
          <li key={item.signal}>
            <b>{words(item.signal)}</b> {item.reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The account's risks that are alive, with actions, and what else is watched. */
export function AlertsPanel({ accountId }: { accountId: string }): ReactNode {
  const alerts = useQuery(accountAlertsQuery(accountId));
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <Panel
      title="Risks"
      aside={
        <Link to="/alerts" search={{ accountId, status: 'resolved' }} className="text-link" style={{ fontSize: 13 }}>
          Resolved ones
        </Link>
      }
    >
      <Loaded query={alerts} rows={3}>
        {(data) =>
          data.items.length > 0 ? (
            <div className={styles.bleed}>
              <AlertList alerts={data.items} onOpen={setOpened} ofOneAccount />
            </div>
          ) : (
            <p className={styles.none}>No risk is open.</p>
          )
        }
      </Loaded>
      <Watched accountId={accountId} />
      <AlertDrawer alertId={opened} onClose={() => setOpened(null)} />
    </Panel>
  );
}
