import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { TodayItem } from '../../api/types';
import { OwnerName } from '../../app/owner-name';
import { day } from '../../format/dates';
import { shortMoney } from '../../format/money';
import { decisionSentence, nameOf } from '../../format/words';
import { ScoreMark, SeverityMark, TrendMark } from '../../ui/marks';
import { ActionButtons } from '../health/action-buttons';
import type { useAlertActions } from '../health/alert-actions';
import { isNear } from './today-list';
import styles from './today.module.css';

interface Props {
  item: TodayItem;
  current: boolean;
  showOwner: boolean;
  actions: ReturnType<typeof useAlertActions> | null;
  onFocus: () => void;
  onEvidence: (alertId: string) => void;
}

function Reasons({ item, onEvidence }: Pick<Props, 'item' | 'onEvidence'>): ReactNode {
  return (
    <ul className={styles.reasons}>
      {item.reasons.slice(0, 3).map((reason) => (
        <li key={reason.alertId}>
          <UnstyledButton
            className={styles.reason}
            onClick={() => onEvidence(reason.alertId)}
            title="Show the evidence"
          >
            <SeverityMark severity={reason.severity} quiet />
            <span>{reason.sentence}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

function Stakes({ item }: { item: TodayItem }): ReactNode {
  return (
    <div className={`${styles.stakes} num`}>
      <span title={`of ${shortMoney(item.arr, item.currency)} ARR`}>
        <b>{shortMoney(item.arrAtRisk ?? item.arr, item.currency)}</b> at risk
      </span>
      <span data-near={isNear(item.daysToDecision)} title={item.decisionDate ? day(item.decisionDate) : undefined}>
        {decisionSentence(item.daysToDecision)}
      </span>
    </div>
  );
}

/** One account that needs someone: who it is, why, what is at stake, what can be done. */
export function TodayRow(props: Props): ReactNode {
  const { item, actions } = props;
  return (
    <li className={styles.row} data-current={props.current} data-row onFocus={props.onFocus}>
      <div>
        <Link to="/accounts/$accountId" params={{ accountId: item.accountId }} className={styles.name} data-row-link>
          {nameOf(item)}
        </Link>
        <div className={styles.meta}>
          <ScoreMark score={item.score} band={item.band} />
          <TrendMark trend={item.trend} />
          {props.showOwner ? (
            <span>
              <OwnerName owner={item.owner} none="No owner" />
            </span>
          ) : null}
        </div>
      </div>
      <Reasons item={item} onEvidence={props.onEvidence} />
      <div className={styles.side}>
        <Stakes item={item} />
        {actions ? (
          <ActionButtons
            target={{ alertIds: item.alertIds, name: nameOf(item) }}
            actions={actions}
            keys={props.current}
          />
        ) : null}
      </div>
    </li>
  );
}
