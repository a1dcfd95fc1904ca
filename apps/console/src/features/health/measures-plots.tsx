import type { Measures } from '@tenure/scoring';
import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useMemo } from 'react';
import { percent } from '../../format/money';
import { axis, Chart } from '../../ui/chart';
import type { ChartColours } from '../../ui/chart-theme';
import styles from './prediction.module.css';

const square = (colours: ChartColours, x: string, y: string) => ({
  grid: { left: 44, right: 12, top: 14, bottom: 40 },
  xAxis: { type: 'value', min: 0, max: 1, name: x, nameLocation: 'middle', nameGap: 26, ...axis(colours) },
  yAxis: { type: 'value', min: 0, max: 1, name: y, nameLocation: 'middle', nameGap: 32, ...axis(colours) },
});

const diagonal = (colours: ChartColours) => ({
  type: 'line' as const,
  silent: true,
  showSymbol: false,
  lineStyle: { type: 'dashed' as const, width: 1, color: colours.muted },
  data: [
    [0, 0],
    [1, 1],
  ],
});

function Roc({ measures }: { measures: Measures }): ReactNode {
  const { roc, auc } = measures;
  const option = useMemo(
    () =>
      (colours: ChartColours): EChartsCoreOption => ({
        ...square(colours, 'Kept, alerted', 'Lost, alerted'),
        series: [
          {
            type: 'line',
            showSymbol: false,
            lineStyle: { width: 2 },
            data: roc.map((point) => [point.falsePositiveRate, point.truePositiveRate]),
          },
          diagonal(colours),
        ],
      }),
    [roc],
  );
  const label = `ROC curve: AUC ${auc.value.toFixed(2)}, ${auc.low.toFixed(2)} to ${auc.high.toFixed(2)}`;
  return (
    <figure className={styles.plot}>
      <Chart option={option} label={label} height={230} />
      <figcaption>{label}</figcaption>
    </figure>
  );
}

function Reliability({ measures }: { measures: Measures }): ReactNode {
  const { reliability, calibrationError, calibrationNoise } = measures;
  const option = useMemo(
    () =>
      (colours: ChartColours): EChartsCoreOption => ({
        ...square(colours, 'Said', 'Seen'),
        series: [
          {
            type: 'line',
            symbolSize: 8,
            lineStyle: { width: 1 },
            data: reliability.map((bin) => [bin.said, bin.seen.value]),
          },
          diagonal(colours),
        ],
      }),
    [reliability],
  );
  const label = `Reliability: calibration error ${percent(calibrationError)}, a perfect model shows ${percent(calibrationNoise)} at this size`;
  return (
    <figure className={styles.plot}>
      <Chart option={option} label={label} height={230} />
      <figcaption>{label}</figcaption>
    </figure>
  );
}

/** How it ranks, and whether what it says comes true. */
export function MeasuresPlots({ measures }: { measures: Measures }): ReactNode {
  return (
    <div className={styles.plots}>
      <Roc measures={measures} />
      <Reliability measures={measures} />
    </div>
  );
}
