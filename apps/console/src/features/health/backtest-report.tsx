import { SegmentedControl, Stack } from '@mantine/core';
import type { BacktestReport, HorizonReport, LeadTime, PredictorReport } from '@tenure/scoring';
import { type ReactNode, useState } from 'react';
import { day } from '../../format/dates';
import { count, percent } from '../../format/money';
import { Empty } from '../../ui/states';
import { MeasuresPlots } from './measures-plots';
import styles from './prediction.module.css';

const two = (value: number): string => value.toFixed(2);

function Row({ report, own }: { report: PredictorReport; own: boolean }): ReactNode {
  const { auc, precisionAt10, liftAt10, captureAt20, brierSkill, calibration } = report.measures;
  return (
    <tr {...(own && { 'data-own': true })}>
      <td>{report.name}</td>
      <td className="num">
        {two(auc.value)}{' '}
        <small>
          {two(auc.low)}–{two(auc.high)}
        </small>
      </td>
      <td className="num">{percent(precisionAt10)}</td>
      <td className="num">{liftAt10.toFixed(1)}</td>
      <td className="num">{percent(captureAt20)}</td>
      <td className="num">{percent(brierSkill.value)}</td>
      <td className="num">{report.isProbability ? two(calibration.slope) : '–'}</td>
    </tr>
  );
}

function Horizon({ report }: { report: HorizonReport }): ReactNode {
  return (
    <>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label="Beside the baselines">
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{report.days} days ahead</th>
              <th>AUC</th>
              <th>Precision, top 10 %</th>
              <th>Lift, top 10 %</th>
              <th>Caught, top 20 %</th>
              <th>Brier skill</th>
              <th>Slope</th>
            </tr>
          </thead>
          <tbody>
            <Row report={report.model} own />
            {report.baselines.map((baseline) => (
              <Row key={baseline.name} report={baseline} own={false} />
            ))}
          </tbody>
        </table>
      </div>
      <MeasuresPlots measures={report.model.measures} />
    </>
  );
}

function Lead({ lead }: { lead: LeadTime }): ReactNode {
  return (
    <div className={styles.figures}>
      <div>
        <b className="num">{lead.medianDays ?? '–'}</b>
        <span>days ahead, median of those caught</span>
      </div>
      <div>
        <b className="num">{percent(lead.caught60)}</b>
        <span>of the lost caught 60 days ahead, with {percent(lead.alertShare)} of accounts alerted</span>
      </div>
      <div>
        <b className="num">{percent(lead.keptAlerted)}</b>
        <span>of the kept alerted in the same window: false alarms</span>
      </div>
    </div>
  );
}

/** A backtest as a person reads it: the verdict, the numbers beside the baselines, the pictures, and what limits it. */
export function BacktestView({ report }: { report: BacktestReport }): ReactNode {
  const { split, horizons } = report;
  const [days, setDays] = useState(String(horizons.find((one) => one.days === 60)?.days ?? horizons[0]?.days ?? ''));
  const chosen = horizons.find((one) => String(one.days) === days) ?? horizons[0];
  return (
    <Stack gap="xs">
      <p className={styles.verdict}>
        <b>{report.verdict}</b>
      </p>
      <p className={styles.note}>
        {count(report.accounts)} accounts from {day(report.from)} to {day(report.to)}, {count(report.snapshots)} looks.
        Decisions before {day(split.day)} taught ({count(split.trainRenewals)}, {count(split.trainLost)} lost), later
        ones tested ({count(split.testRenewals)}, {count(split.testLost)} lost
        {split.unseenAccounts ? ', of accounts it had not seen' : ''}). {percent(report.assumedKnowledge)} of the facts
        have a time of knowledge that an import assumed. A canary of absurd future events was tried{' '}
        {count(report.canary.checked)} times: {count(report.canary.leaks)} leaks.
      </p>
      {chosen ? (
        <>
          <div>
            <SegmentedControl
              size="xs"
              aria-label="Days ahead"
              data={horizons.map((one) => ({ value: String(one.days), label: `${one.days} days` }))}
              value={String(chosen.days)}
              onChange={setDays}
            />
          </div>
          <Horizon key={chosen.days} report={chosen} />
        </>
      ) : (
        <Empty title="Nothing to measure">No renewal with both outcomes lies in the tested time.</Empty>
      )}
      {report.leadTime ? <Lead lead={report.leadTime} /> : null}
      {report.burden ? (
        <p className={styles.note}>That is {report.burden.perCsmAndWeek.toFixed(1)} new alerts per CSM and week.</p>
      ) : null}
    </Stack>
  );
}
