import { Modal, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { places } from './nav';

const groups: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'On Today and Alerts',
    keys: [
      ['j  k', 'Next, previous row'],
      ['Enter  o', 'Open'],
      ['a', 'Acknowledge'],
      ['s', 'Snooze'],
      ['r', 'Resolve'],
      ['z', 'Undo'],
    ],
  },
  {
    title: 'Everywhere',
    keys: [
      ['/', 'Find an account'],
      ...places.map((place) => [`g  ${place.key}`, `Go to ${place.label}`] as const),
      ['?', 'Show these keys'],
    ],
  },
];

export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }): ReactNode {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" closeButtonProps={{ 'aria-label': 'Close' }}>
      {groups.map((group) => (
        <Table key={group.title} captionSide="top" verticalSpacing={5} mb="md" withRowBorders={false}>
          <Table.Caption ta="left" mt={0} mb={4} fw={600}>
            {group.title}
          </Table.Caption>
          <Table.Tbody>
            {group.keys.map(([keys, what]) => (
              <Table.Tr key={keys}>
                <Table.Th w={110} fw={400}>
                  {keys.split('  ').map((key) => (
                    <kbd className="key" key={key} style={{ marginRight: 5 }}>
                      {key}
                    </kbd>
                  ))}
                </Table.Th>
                <Table.Td>{what}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ))}
    </Modal>
  );
}
