import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Alert } from '../../api/types';
import { useCanWrite, useNow, useZone } from '../../app/session';
import { ago } from '../../format/dates';
import { shortMoney } from '../../format/money';
import { words } from '../../format/words';
import { useKeys } from '../../ui/keys';
import { SeverityMark } from '../../ui/marks';
import { useRowFocus } from '../../ui/row-focus';
import { ActionButtons } from './action-buttons';
import { useAlertActions } from './alert-actions';
import type { AlertTarget } from './alert-target';
import { statusSentence, withoutName } from './alert-words';
import styles from './alert.module.css';

interface Props {
  alerts: readonly Alert[];
  onOpen: (alertId: string) => void;
  /** On an account's own page its name is not said again, and keys stay free. */
  ofOneAccount?: boolean;
}

function Meta({ alert, ofOneAccount }: { alert: Alert; ofOneAccount: boolean }): ReactNode {
  const zone = useZone();
  const now = useNow();
  return (
    <div className={`${styles.meta} num`}>
      {ofOneAccount ? null : (
        <Link to="/accounts/$accountId" params={{ accountId: alert.accountId }} className="text-link">
          {alert.accountName ?? alert.accountId}
        </Link>
      )}
      <span>{words(alert.signal)}</span>
      {ofOneAccount || alert.arrAtRisk === null ? null : (
        <span>{shortMoney(alert.arrAtRisk, alert.currency)} at risk</span>
      )}
      <span>
        {alert.status === 'open' ? `Opened ${ago(alert.openedAt, now, zone)}` : statusSentence(alert, zone)}
        {alert.preexisting ? ' · pre-existing' : ''}
      </span>
    </div>
  );
}

/** Alerts as rows: severity, what happened, where, how it stands, and the actions; j, k, a, s, r as on Today. */
export function AlertList({ alerts, onOpen, ofOneAccount = false }: Props): ReactNode {
  const canWrite = useCanWrite();
  const actions = useAlertActions();
  const rows = useRowFocus(alerts.length);
  const target = (alert: Alert) => ({ alertIds: [alert.alertId], name: alert.accountName ?? alert.accountId });
  const onCurrent = (act: (target: AlertTarget) => void) => () => {
    const alert = alerts[rows.current];
    if (alert && canWrite && alert.status !== 'resolved') act(target(alert));
  };
  useKeys({
    j: () => rows.move(1),
    k: () => rows.move(-1),
    ...(ofOneAccount ? {} : { o: rows.open, Enter: rows.open }),
    a: onCurrent(actions.acknowledge),
    s: onCurrent(actions.snooze),
    r: onCurrent(actions.resolve),
  });
  return (
    <>
      <ul className={styles.list} ref={(element) => void (rows.ref.current = element)}>
        {alerts.map((alert, index) => (
          <li
            key={alert.alertId}
            className={styles.row}
            data-current={index === rows.current}
            onFocus={() => rows.setCurrent(index)}
          >
            <SeverityMark severity={alert.severity} />
            <div>
              <UnstyledButton className={styles.open} data-row-link onClick={() => onOpen(alert.alertId)}>
                {ofOneAccount ? withoutName(alert.summary, alert.accountName) : alert.summary}
              </UnstyledButton>
              <Meta alert={alert} ofOneAccount={ofOneAccount} />
            </div>
            {canWrite && alert.status !== 'resolved' ? (
              <ActionButtons
                target={target(alert)}
                actions={actions}
                keys={index === rows.current}
                acknowledged={alert.status === 'acknowledged'}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {actions.dialogs}
    </>
  );
}
