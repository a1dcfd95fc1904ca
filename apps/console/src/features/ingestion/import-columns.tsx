import { NativeSelect, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../../format/words';
import type { FileOptions, ImportPreview } from './import.queries';

/** What a column means, with its first cell; each can be changed. */
export function ImportColumns(props: {
  preview: ImportPreview;
  options: FileOptions;
  onMap: (header: string, field: string) => void;
}): ReactNode {
  const { preview, options } = props;
  const choices = [
    { value: '-', label: 'Not imported' },
    ...preview.fields.map(({ name, required }) => ({ value: name, label: required ? `${name} (needed)` : name })),
  ];
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Column</Table.Th>
            <Table.Th>First value</Table.Th>
            <Table.Th>Becomes</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.columns.map(({ header, field }, index) => {
            const value = options.map[header.trim()] ?? field ?? '-';
            const known = choices.some((choice) => choice.value === value);
            return (
              <Table.Tr key={`${header} ${index}`}>
                <Table.Td>{header}</Table.Td>
                <Table.Td>{preview.rows[0]?.cells[index] ?? ''}</Table.Td>
                <Table.Td>
                  <NativeSelect
                    size="xs"
                    aria-label={`${header} becomes`}
                    data={known ? choices : [{ value, label: value }, ...choices]}
                    value={value}
                    onChange={(event) => props.onMap(header.trim(), event.currentTarget.value)}
                  />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** The first rows as what they become, or what is wrong with them. */
export function ImportRows({ preview }: { preview: ImportPreview }): ReactNode {
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Row</Table.Th>
            <Table.Th>Would be</Table.Th>
            <Table.Th>As</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.rows.map(({ row, outcome, issues, events }) => (
            <Table.Tr key={row}>
              <Table.Td className="num">{row}</Table.Td>
              <Table.Td>{words(outcome)}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere', fontSize: 13 }}>
                {issues.length > 0
                  ? issues.map(({ detail }) => detail).join(' ')
                  : events.map(({ data }) => JSON.stringify(data)).join(' ')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
