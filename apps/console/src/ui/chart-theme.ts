/** The colours of the page, for canvases and SVGs that cannot use CSS variables. */
export interface ChartColours {
  /** The family as the browser resolved it: labels are measured with it, so 'inherit' would cut them off. */
  font: string;
  text: string;
  muted: string;
  line: string;
  surface: string;
  accent: string;
  green: string;
  yellow: string;
  red: string;
  onboarding: string;
  unknown: string;
  /** Distinguishable series of one family, darkest first. */
  series: string[];
}

const light = ['#3a4bc4', '#0f7f8f', '#9a4bb5', '#b35900', '#4f7a28', '#8a93a3'];
const dark = ['#a5b0f6', '#5cc3d3', '#d79bea', '#f0a765', '#a3cf7c', '#8f98a8'];

/** Reads the tokens of styles.css as they are now, in the scheme that is shown. */
export function chartColours(scheme: 'light' | 'dark'): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    font: getComputedStyle(document.body).fontFamily,
    text: token('--t-text'),
    muted: token('--t-muted'),
    line: token('--t-line'),
    surface: token('--t-surface'),
    accent: token('--t-accent'),
    green: token('--band-green-fill'),
    yellow: token('--band-yellow-fill'),
    red: token('--band-red-fill'),
    onboarding: token('--band-onboarding-fill'),
    unknown: token('--band-unknown-fill'),
    series: scheme === 'dark' ? dark : light,
  };
}
