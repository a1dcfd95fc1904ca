import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Health } from '../../api/types';
import { useZone } from '../../app/session';
import { instant } from '../../format/dates';
import { percent } from '../../format/money';
import { trendSentence, words } from '../../format/words';
import { Icon } from '../../ui/icons';
import { BandMark } from '../../ui/marks';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { ChurnLine } from './churn-line';
import { type Share, number, shares, sum } from './contributions';
import { EvidenceList } from './evidence-list';
import { healthQuery } from './health.queries';
import { Opinions } from './opinions';
import styles from './score-panel.module.css';
import { StaleInputs } from './stale-inputs';

/** From full accent down: the shares of the bar above and their own bars below have the same tone. */
function tone(index: number): string {
  return `color-mix(in srgb, var(--t-accent) ${Math.max(28, 100 - index * 17)}%, var(--t-surface))`;
}

function Item({ share, index }: { share: Share; index: number }): ReactNode {
  const full = share.maxPoints > 0 ? Math.max(0, Math.min(1, share.points / share.maxPoints)) : 0;
  return (
    <li>
      <details className={styles.item}>
        <summary>
          <b>{words(share.measure)}</b>
          {share.maxPoints > 0 ? (
            <span className={styles.bar} aria-hidden>
              <i style={{ width: `${full * 100}%`, background: tone(index) }} />
            </span>
          ) : (
            <span />
          )}
          <span className={`${styles.points} num`}>
            {share.shown < 0 ? `−${number(-share.shown)}` : number(share.shown)}{' '}
            <small>{share.maxPoints > 0 ? `of ${number(share.maxPoints)}` : ''}</small>
          </span>
          <Icon name="chevron" size={13} />
          <span className={styles.reason}>{share.reason}</span>
        </summary>
        <div className={styles.more}>
          <CurvePiece share={share} />
          {share.evidence && share.evidence.length > 0 ? (
            <EvidenceList evidence={share.evidence} />
          ) : (
            <span className={styles.reason}>
              {share.value === null ? 'No numbers behind this.' : `Value: ${share.value}`}
            </span>
          )}
        </div>
      </details>
    </li>
  );
}

/** The arithmetic of a measure: where its value lies on the curve, and what that is worth after the weight. */
function CurvePiece({ share: { curve, value, points, maxPoints } }: { share: Share }): ReactNode {
  if (!curve || value === null || value === undefined) return null;
  const [from, to] = [curve.from, curve.to];
  const shown = (pair: readonly number[]): string => `${number(pair[0] ?? 0)} → ${number(pair[1] ?? 0)}`;
  const piece = shown(from) === shown(to) ? shown(to) : `${shown(from)} and ${shown(to)}`;
  return (
    <span className={`${styles.reason} num`}>
      {number(value)} lies on the curve at {piece}: {points} of {maxPoints} points.
    </span>
  );
}

function Missing({ health }: { health: Health }): ReactNode {
  const missing = health.missing ?? [];
  if (missing.length === 0) return null;
  return (
    <details className={styles.item}>
      <summary>
        <b>Left out</b>
        <span />
        <span className={`${styles.points} num`}>{missing.length}</span>
        <Icon name="chevron" size={13} />
        <span className={styles.reason}>Without data; their weight is shared by the others.</span>
      </summary>
      <ul className={styles.more}>
        {missing.map(({ measure, reason }) => (
          <li key={measure} className={styles.reason}>
            {words(measure)}: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Explained({ health, score }: { health: Health; score: number }): ReactNode {
  const list = shares(health.contributions, Math.round(score * 10) / 10);
  const text = sum(
    list.map((share) => share.shown),
    score,
  );
  return (
    <>
      <div className={styles.stack} aria-hidden>
        {list.map((share, index) =>
          share.shown > 0 ? (
            <i key={share.measure} style={{ width: `${share.shown}%`, background: tone(index) }} />
          ) : null,
        )}
      </div>
      <div className={`${styles.sum} num`}>{text} of 100</div>
      <ul className={styles.list}>
        {list.map((share, index) => (
          <Item key={share.measure} share={share} index={index} />
        ))}
      </ul>
    </>
  );
}

function Score({ health, accountId }: { health: Health; accountId: string }): ReactNode {
  const zone = useZone();
  if (health.score === null) {
    return (
      <Empty title="Not enough data for a score">
        Coverage is {percent(health.coverage)}. Once usage, tickets or people are connected, the score appears here.
      </Empty>
    );
  }
  return (
    <>
      <div className={styles.top}>
        <span className={`${styles.big} num`}>{number(health.score)}</span>
        <BandMark band={health.band} pill />
        <span className={styles.sum}>{trendSentence(health.trend)}</span>
      </div>
      <Explained health={health} score={health.score} />
      <Missing health={health} />
      <ChurnLine accountId={accountId} />
      <div className={`${styles.sum} num`}>
        Coverage {percent(health.coverage)} · model {health.modelVersion} · as of {instant(health.asOf, zone)}
      </div>
    </>
  );
}

/** The score and how it comes about: parts that visibly add up, each with its reason and evidence. */
export function ScorePanel({ accountId }: { accountId: string }): ReactNode {
  const health = useQuery(healthQuery(accountId));
  return (
    <Panel title="Health score">
      <StaleInputs />
      <Loaded query={health} rows={7}>
        {(data) => <Score health={data} accountId={accountId} />}
      </Loaded>
      <Opinions accountId={accountId} />
    </Panel>
  );
}
