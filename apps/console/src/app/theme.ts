import { Button, createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one accent. Bands and severities have colours of their own (styles.css), always with a shape or a word beside them. */
const iris: MantineColorsTuple = [
  '#eef0fd',
  '#dde1fb',
  '#bcc4f6',
  '#98a4f0',
  '#7786ea',
  '#5c6de2',
  '#4759d8',
  '#3a4bc4',
  '#3041aa',
  '#26358c',
];

const slate: MantineColorsTuple = [
  '#e8eaee',
  '#c9ced6',
  '#a3abb8',
  '#6d7684',
  '#2f3540',
  '#262b34',
  '#1b1f26',
  '#121519',
  '#0e1013',
  '#090a0c',
];

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  colors: { iris, dark: slate },
  fontFamily: "'Inter Variable', Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  defaultRadius: 'md',
  cursorType: 'pointer',
  components: { Button: Button.extend({ styles: { label: { fontWeight: 550 } } }) },
  focusRing: 'auto',
  headings: { fontWeight: '620', sizes: { h1: { fontSize: '1.45rem', lineHeight: '1.25' } } },
});

/** Mantine's own dimmed and placeholder greys miss AA on our backgrounds. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#59616e',
    '--mantine-color-placeholder': '#6a7280',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-text': '#171a20',
    '--mantine-color-default-color': '#171a20',
    '--mantine-color-default-border': '#d5d9e0',
  },
  dark: {
    '--mantine-color-dimmed': '#a3abb8',
    '--mantine-color-placeholder': '#98a1ae',
    '--mantine-color-error': '#ff8a80',
    '--mantine-color-anchor': '#aab4f5',
  },
});
