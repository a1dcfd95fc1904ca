import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { useMe, useZone } from '../../app/session';
import { instant } from '../../format/dates';
import { Panel } from '../../ui/panel';
import { Empty } from '../../ui/states';
import { useChange } from '../../ui/use-change';
import styles from './model.module.css';
import type { ModelsBody } from './model.queries';

function RollBack({ onClose }: { onClose: () => void }): ReactNode {
  const [note, setNote] = useState('');
  const back = useChange({
    write: () => api.post('/models/rollback', { note: note.trim() }),
    refresh: ['models'],
    said: 'Rolled back; every account is judged anew',
    onDone: onClose,
  });
  return (
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
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button disabled={!note.trim()} loading={back.isPending} onClick={() => back.mutate(undefined)}>
          Roll back
        </Button>
      </Group>
    </Stack>
  );
}

/** Every time a model was put in force, and the way back. */
export function ModelPublications({ models }: { models: ModelsBody }): ReactNode {
  const zone = useZone();
  const { role } = useMe().person;
  const [asking, setAsking] = useState(false);
  const mayRollBack = (role === 'admin' || role === 'leader') && models.publications.length > 0;
  return (
    <Panel
      title="Publications"
      aside={
        mayRollBack ? (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            Roll back
          </Button>
        ) : undefined
      }
    >
      {models.publications.length === 0 ? (
        <Empty title="Nothing was published yet">The model that ships, {models.shipped}, is in force.</Empty>
      ) : (
        <table className={styles.table}>
          <tbody>
            {models.publications.map((each) => (
              <tr key={each.publication}>
                <td className="num">{each.version}</td>
                <td>
                  {each.note}
                  <br />
                  <span className={styles.note}>
                    {each.publishedBy}, {instant(each.publishedAt, zone)}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title="Put the model before in force again"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <RollBack onClose={() => setAsking(false)} />
      </Modal>
    </Panel>
  );
}
