import { useComputedColorScheme } from '@mantine/core';
import { BarChart, LineChart, SankeyChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type ReactNode, useEffect, useRef } from 'react';
import { type ChartColours, chartColours } from './chart-theme';

use([BarChart, LineChart, SankeyChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** What every chart has in common: our type, quiet axes, a tooltip that looks like the page. */
function base(colours: ChartColours): EChartsCoreOption {
  return {
    textStyle: { fontFamily: colours.font, color: colours.muted },
    animationDuration: 250,
    color: colours.series,
    tooltip: {
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.text, fontSize: 13 },
      confine: true,
    },
  };
}

/** An axis of the house: hairlines, muted labels. */
export function axis(colours: ChartColours): Record<string, unknown> {
  return {
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: colours.muted, fontSize: 12 },
    splitLine: { lineStyle: { color: colours.line } },
  };
}

interface Props {
  /** What the chart shows, in a sentence: it is all that a screen reader gets. */
  label: string;
  height?: number;
  option: (colours: ChartColours) => EChartsCoreOption;
}

export function Chart({ label, height = 260, option }: Props): ReactNode {
  const scheme = useComputedColorScheme('light');
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return undefined;
    const colours = chartColours(scheme);
    const chart = init(host.current, undefined, { renderer: 'svg' });
    const common = base(colours);
    const own = option(colours);
    chart.setOption({ ...common, ...own, tooltip: { ...(common.tooltip as object), ...(own.tooltip as object) } });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [option, scheme]);
  return <div ref={host} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}
