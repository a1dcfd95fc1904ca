import { Select } from '@mantine/core';
import type { ReactNode } from 'react';

/** A filter with its label inside: empty means everything. */
export function Filter(props: {
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
  width?: number;
  /** One of the options always holds: nothing to clear. */
  always?: boolean;
}): ReactNode {
  return (
    <Select
      aria-label={props.label}
      placeholder={props.label}
      size="sm"
      w={{ base: 'calc(50% - 4px)', sm: props.width ?? 150 }}
      clearable={!props.always}
      allowDeselect={!props.always}
      searchable={props.options.length > 12}
      clearButtonProps={{ 'aria-label': `Clear ${props.label.toLowerCase()}` }}
      value={props.value ?? null}
      data={[...props.options]}
      onChange={(value) => props.onChange(value ?? undefined)}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}
