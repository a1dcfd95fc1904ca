import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ModelCard } from '@tenure/scoring';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { useMe, useZone } from '../../app/session';
import { day, instant } from '../../format/dates';
import { count, percent } from '../../format/money';
import { Panel } from '../../ui/panel';
import { Empty, Loaded } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import { BacktestPanel } from './backtest-panel';
import { MeasuresPlots } from './measures-plots';
import { type ChurnModels, churnModelsQuery } from './prediction.queries';
import styles from './prediction.module.css';
import { StudyView } from './study-view';

function Card({ card }: { card: ModelCard }): ReactNode {
  return (
    <Stack gap="xs">
      <p className={styles.verdict}>
        <b>{card.verdict}</b>
      </p>
      <p className={styles.note}>
        Decisions from {day(card.from)} to {day(card.to)}: {count(card.renewals)}, {count(card.lost)} of them lost, of{' '}
        {count(card.accounts)} accounts. {card.drift.sentence}
      </p>
      {card.measures ? (
        <>
          <div className={styles.figures}>
            <div>
              <b className="num">{card.measures.auc.value.toFixed(2)}</b>
              <span>
                AUC, {card.measures.auc.low.toFixed(2)} to {card.measures.auc.high.toFixed(2)}
              </span>
            </div>
            <div>
              <b className="num">{percent(card.measures.brierSkill.value)}</b>
              <span>Brier skill over the base rate</span>
            </div>
            <div>
              <b className="num">{card.measures.calibration.slope.toFixed(2)}</b>
              <span>calibration slope (1 is right)</span>
            </div>
            <div>
              <b className="num">{card.measures.liftAt10.toFixed(1)}×</b>
              <span>lift in the riskiest tenth</span>
            </div>
          </div>
          <MeasuresPlots measures={card.measures} />
        </>
      ) : null}
      {card.groups.length > 1 ? (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label="By segment and contract">
          <table className={styles.table}>
            <thead>
              <tr>
                <th>Segment, contract</th>
                <th>Renewals</th>
                <th>Lost</th>
                <th>Expected</th>
                <th>AUC</th>
              </tr>
            </thead>
            <tbody>
              {card.groups.map((group) => (
                <tr key={`${group.segment}/${group.contract}`}>
                  <td>
                    {group.segment || 'none'}, {group.contract}
                  </td>
                  <td className="num">{count(group.n)}</td>
                  <td className="num">{count(group.lost)}</td>
                  <td className="num">{group.expected.toFixed(1)}</td>
                  <td className="num">{group.auc === null ? '–' : group.auc.toFixed(2)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </Stack>
  );
}

function Why(props: { title: string; path: string; said: string; onClose: () => void }): ReactNode {
  const [note, setNote] = useState('');
  const put = useChange({
    write: () => api.post(props.path, { note: note.trim() }),
    refresh: ['churn-models'],
    said: props.said,
    onDone: props.onClose,
  });
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Textarea
          label="Why"
          required
          withAsterisk={false}
          data-autofocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button disabled={!note.trim()} loading={put.isPending} onClick={() => put.mutate(undefined)}>
            Put in force
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Model({ models }: { models: ChurnModels }): ReactNode {
  const zone = useZone();
  const { role } = useMe().person;
  const [asking, setAsking] = useState<'adopt' | 'prior' | null>(null);
  const [fit, setFit] = useState<string | null>(null);
  const learn = useChange({
    write: () => api.post<{ studyId: string }>('/churn-models/fit'),
    refresh: ['studies'],
    onDone: ({ studyId }) => setFit(studyId),
  });
  const refreshed = useQuery(churnModelsQuery);
  const may = role === 'admin' || role === 'leader';
  const { newest, inForce } = models;
  const path = asking === 'adopt' ? `/churn-models/${newest?.version ?? ''}/adopt` : '/churn-models/prior';
  return (
    <Panel
      title="Churn probability"
      hint={inForce.basis === 'prior' ? 'The experts’ prior is in force' : `${inForce.version} is in force`}
      aside={
        may ? (
          <Group gap="xs">
            {inForce.basis === 'fitted' ? (
              <Button size="xs" variant="default" onClick={() => setAsking('prior')}>
                Back to the prior
              </Button>
            ) : null}
            <Button size="xs" variant="default" loading={learn.isPending} onClick={() => learn.mutate(undefined)}>
              Learn anew
            </Button>
            {models.adoptable ? (
              <Button size="xs" onClick={() => setAsking('adopt')}>
                Adopt
              </Button>
            ) : null}
          </Group>
        ) : undefined
      }
    >
      {fit ? (
        <StudyView studyId={fit}>
          {() => (
            <Button size="xs" variant="subtle" onClick={() => void refreshed.refetch().then(() => setFit(null))}>
              Learned; show it
            </Button>
          )}
        </StudyView>
      ) : null}
      {newest ? (
        <>
          <p className={styles.note}>
            {newest.version}, learned {instant(newest.learnedAt, zone)}
            {models.adoptable ? ': proposed, not in force' : ''}
          </p>
          <Card card={newest.card} />
        </>
      ) : (
        <Empty title="Nothing was learned yet">
          Probabilities are the experts’ prior. A model of your own needs a hundred decided renewals.
        </Empty>
      )}
      {asking ? (
        <Why
          title={asking === 'adopt' ? 'Adopt the learned model' : 'Go back to the prior'}
          path={path}
          said="In force from now on"
          onClose={() => setAsking(null)}
        />
      ) : null}
    </Panel>
  );
}

/** What the probabilities are worth, on the tenant's own past. */
export function PredictionPage(): ReactNode {
  const models = useQuery(churnModelsQuery);
  return (
    <Stack>
      <Loaded query={models} rows={8}>
        {(data) => <Model models={data} />}
      </Loaded>
      <BacktestPanel />
    </Stack>
  );
}
