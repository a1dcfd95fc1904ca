import { ActionIcon, Button, NumberInput, UnstyledButton } from '@mantine/core';
import type { Curve, Measure } from '@tenure/scoring/what-if';
import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useMemo, useState } from 'react';
import { percent } from '../../format/money';
import { words } from '../../format/words';
import { axis, Chart } from '../../ui/chart';
import type { ChartColours } from '../../ui/chart-theme';
import { Icon } from '../../ui/icons';
import styles from './model.module.css';

function curveOption(curve: Curve, colours: ChartColours): EChartsCoreOption {
  return {
    grid: { left: 34, right: 10, top: 10, bottom: 22 },
    xAxis: { type: 'value', scale: true, ...axis(colours) },
    yAxis: { type: 'value', min: 0, max: 100, ...axis(colours) },
    tooltip: { trigger: 'axis' },
    series: [{ type: 'line', data: curve.map(([x, y]) => [x, y]), lineStyle: { width: 2 }, symbolSize: 7 }],
  };
}

/** The curve as a picture and as numbers; x has to rise from point to point. */
function CurveEditor({ measure, onChange }: { measure: Measure; onChange: (curve: Curve) => void }): ReactNode {
  const { curve } = measure;
  const option = useMemo(() => (colours: ChartColours) => curveOption(curve, colours), [curve]);
  const replaced = (at: number, point: readonly [number, number]): Curve =>
    curve.map((old, index) => (index === at ? point : old));
  const last = curve.at(-1) ?? [0, 0];
  return (
    <div className={styles.curve}>
      <div>
        <div className={styles.points}>
          <small className={styles.note}>{words(measure.metric)}</small>
          <small className={styles.note}>Points</small>
          <span />
          {curve.map(([x, y], at) => (
            <CurvePoint
              key={at}
              x={x}
              y={y}
              label={`${words(measure.name)}, point ${at + 1}`}
              onChange={(point) => onChange(replaced(at, point))}
              onRemove={curve.length > 2 ? () => onChange(curve.filter((_, index) => index !== at)) : null}
            />
          ))}
        </div>
        <Button mt={8} size="xs" variant="default" onClick={() => onChange([...curve, [last[0] + 1, last[1]]])}>
          Add a point
        </Button>
      </div>
      <Chart
        height={170}
        option={option}
        label={`Curve of ${words(measure.name)}: ${curve.map(([x, y]) => `${x} gives ${y} points`).join(', ')}`}
      />
    </div>
  );
}

function CurvePoint(props: {
  x: number;
  y: number;
  label: string;
  onChange: (point: readonly [number, number]) => void;
  onRemove: (() => void) | null;
}): ReactNode {
  const { x, y, label, onChange, onRemove } = props;
  return (
    <>
      <NumberInput
        size="xs"
        hideControls
        aria-label={`${label}, value`}
        value={x}
        onChange={(value) => typeof value === 'number' && onChange([value, y])}
      />
      <NumberInput
        size="xs"
        hideControls
        min={0}
        max={100}
        aria-label={`${label}, points`}
        value={y}
        onChange={(value) => typeof value === 'number' && onChange([x, value])}
      />
      {onRemove ? (
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Remove ${label}`} onClick={onRemove}>
          <Icon name="close" size={14} />
        </ActionIcon>
      ) : (
        <span />
      )}
    </>
  );
}

/** One measure: its weight, its share of the score, and, opened, its curve. */
export function MeasureEditor(props: {
  measure: Measure;
  total: number;
  changed: boolean;
  onChange: (change: Partial<Measure>) => void;
}): ReactNode {
  const { measure, total, onChange } = props;
  const [open, setOpen] = useState(false);
  return (
    <li>
      <div className={styles.measure} {...(props.changed && { 'data-changed': true })}>
        <UnstyledButton aria-expanded={open} onClick={() => setOpen(!open)}>
          <b>{words(measure.name)}</b>
          <br />
          <small>reads {words(measure.metric).toLowerCase()}</small>
        </UnstyledButton>
        <NumberInput
          size="xs"
          min={0}
          max={1000}
          aria-label={`Weight of ${words(measure.name)}`}
          value={measure.weight}
          onChange={(value) => typeof value === 'number' && onChange({ weight: value })}
        />
        <span className="num">{total > 0 ? percent(measure.weight / total) : '–'}</span>
      </div>
      {open ? <CurveEditor measure={measure} onChange={(curve) => onChange({ curve })} /> : null}
    </li>
  );
}
