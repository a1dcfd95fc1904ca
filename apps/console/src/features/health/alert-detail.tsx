import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../../api/client';
import type { Alert } from '../../api/types';
import { useCanWrite, useZone } from '../../app/session';
import { day, instant } from '../../format/dates';
import { money, percent, plural } from '../../format/money';
import { decisionSentence, words } from '../../format/words';
import { SeverityMark } from '../../ui/marks';
import { toastDone, toastFailed } from '../../ui/toast';
import { ActionButtons } from './action-buttons';
import { useAlertActions } from './alert-actions';
import { statusSentence } from './alert-words';
import { EvidenceList } from './evidence-list';
import styles from './alert.module.css';

const verdicts = [
  { useful: 'useful', label: 'Yes' },
  { useful: 'not-useful', label: 'No' },
  { useful: 'too-early', label: 'Too early to say' },
] as const;

function Feedback({ alertId }: { alertId: string }): ReactNode {
  const client = useQueryClient();
  const give = useMutation({
    mutationFn: (useful: string) => api.post(`/alerts/${alertId}/feedback`, { useful }),
    onSuccess: () => {
      toastDone('Thank you: this is how signals are judged');
      return client.invalidateQueries({ queryKey: ['alerts', 'one', alertId] });
    },
    onError: (error) => toastFailed(error),
  });
  return (
    <div className={styles.feedback}>
      Was this alert useful?
      {verdicts.map(({ useful, label }) => (
        <Button key={useful} size="compact-sm" variant="default" fw={500} onClick={() => give.mutate(useful)}>
          {label}
        </Button>
      ))}
    </div>
  );
}

/** A champion who is suspected to have left: settled in one click. */
function Suspicion({ alert }: { alert: Alert }): ReactNode {
  const client = useQueryClient();
  const say = useMutation({
    mutationFn: (left: boolean) => api.post(`/alerts/${alert.alertId}/confirm`, { left }),
    onSuccess: (_, left) => {
      toastDone(left ? 'Noted: they left' : 'Noted: they are still there');
      return Promise.all(
        [['alerts'], ['account'], ['today']].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
    onError: (error) => toastFailed(error),
  });
  if (!alert.evidence.some(({ metric }) => metric === 'champions-suspected')) return null;
  return (
    <div className={styles.feedback}>
      Did they leave?
      <Button size="compact-sm" fw={500} loading={say.isPending} onClick={() => say.mutate(true)}>
        Yes, they left
      </Button>
      <Button size="compact-sm" variant="default" fw={500} loading={say.isPending} onClick={() => say.mutate(false)}>
        No, still there
      </Button>
    </div>
  );
}

function Facts({ alert, zone }: { alert: Alert; zone: string }): ReactNode {
  const facts: [string, ReactNode][] = [
    ['Status', `${statusSentence(alert, zone)}${alert.preexisting ? ' (true before go-live)' : ''}`],
    ['Why this severity', alert.severityReason ?? '–'],
    ['True since', day(alert.conditionSince, zone)],
    ['At risk', `${money(alert.arrAtRisk, alert.currency)} of ${money(alert.arr, alert.currency)} ARR`],
    [
      'Decision',
      `${decisionSentence(alert.daysToDecision)}${alert.decisionDate ? `, ${day(alert.decisionDate)}` : ''}`,
    ],
    ['Owner', alert.owner?.name ?? 'Nobody'],
    ...(alert.causeId === null
      ? []
      : [
          ['One cause', `${alert.causeId}, with ${plural(alert.relatedAlertIds.length, 'other alert')}`] as [
            string,
            ReactNode,
          ],
        ]),
    [
      'Data up to',
      `${instant(alert.inputAsOf, zone)}${alert.coverage === null ? '' : ` · coverage ${percent(alert.coverage)}`}`,
    ],
  ];
  return (
    <dl className={styles.facts2}>
      {facts.map(([term, text]) => (
        <div key={term} style={{ display: 'contents' }}>
          <dt>{term}</dt>
          <dd className="num">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Everything an alert says: what happened, what to do next, the numbers behind it, where it stands. */
export function AlertDetail({ alert }: { alert: Alert }): ReactNode {
  const zone = useZone();
  const canWrite = useCanWrite();
  const actions = useAlertActions();
  const name = alert.accountName ?? alert.accountId;
  return (
    <article>
      <SeverityMark severity={alert.severity} />
      <h3 className={styles.title}>{alert.summary}</h3>
      <div className={styles.where}>
        <Link to="/settings/signals/$signal" params={{ signal: alert.signal }} className="text-link">
          {words(alert.signal)}
        </Link>{' '}
        ·{' '}
        <Link to="/accounts/$accountId" params={{ accountId: alert.accountId }} className="text-link">
          {name}
        </Link>
      </div>
      {alert.recommendedAction ? (
        <p className={styles.next}>
          <b>Next step</b> {alert.recommendedAction}
        </p>
      ) : null}
      {canWrite && alert.status !== 'resolved' ? (
        <ActionButtons
          target={{ alertIds: [alert.alertId], name }}
          actions={actions}
          acknowledged={alert.status === 'acknowledged'}
        />
      ) : null}
      {canWrite && alert.status !== 'resolved' ? <Suspicion alert={alert} /> : null}
      <h4 className={styles.section}>Evidence</h4>
      <EvidenceList evidence={alert.evidence} />
      <h4 className={styles.section}>Details</h4>
      <Facts alert={alert} zone={zone} />
      {canWrite ? <Feedback alertId={alert.alertId} /> : null}
      {actions.dialogs}
    </article>
  );
}
