import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';

const font = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
export const monospace =
  "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Roboto Mono', Menlo, Consolas, monospace";

interface Palette {
  page: string;
  paper: string;
  text: string;
  quiet: string;
  line: string;
  accent: string;
  onAccent: string;
  danger: string;
  focus: string;
}

const light: Palette = {
  page: '#f5f6f8',
  paper: '#ffffff',
  text: '#18202a',
  quiet: '#525d6b',
  line: '#d5dae1',
  accent: '#1d4f80',
  onAccent: '#ffffff',
  danger: '#9b1c1c',
  focus: '#0b62c4',
};
const dark: Palette = {
  page: '#0f1318',
  paper: '#171c23',
  text: '#e7ebf0',
  quiet: '#a8b2be',
  line: '#323b46',
  accent: '#9cc4ef',
  onAccent: '#0c1a29',
  danger: '#ffa8a3',
  focus: '#8fc1ff',
};

function themeOf(mode: 'light' | 'dark', colours: Palette, base: RaThemeOptions): RaThemeOptions {
  return {
    ...base,
    palette: {
      mode,
      primary: { main: colours.accent, contrastText: colours.onAccent },
      secondary: { main: colours.accent, contrastText: colours.onAccent },
      error: { main: colours.danger },
      background: { default: colours.page, paper: colours.paper },
      text: { primary: colours.text, secondary: colours.quiet },
      divider: colours.line,
    },
    shape: { borderRadius: 6 },
    typography: {
      fontFamily: font,
      fontSize: 14,
      h1: { fontSize: '1.5rem', fontWeight: 650, lineHeight: 1.25, letterSpacing: '-0.012em' },
      h2: { fontSize: '1.0625rem', fontWeight: 640, lineHeight: 1.35 },
      h3: { fontSize: '0.9375rem', fontWeight: 620, lineHeight: 1.4 },
      body1: { fontSize: '0.9375rem' },
      body2: { fontSize: '0.875rem' },
      caption: { fontSize: '0.8125rem' },
      button: { textTransform: 'none', fontWeight: 600 },
    },
    components: {
      ...base.components,
      MuiCssBaseline: {
        styleOverrides: {
          html: { scrollPaddingTop: 72 },
          'code, pre': { fontFamily: monospace, fontSize: '0.8125rem' },
          ':focus-visible': { outline: `2px solid ${colours.focus}`, outlineOffset: 2 },
          '@media (prefers-reduced-motion: reduce)': {
            '*': { animation: 'none !important', transition: 'none !important' },
          },
        },
      },
      MuiPaper: {
        defaultProps: { elevation: 0 },
        styleOverrides: { root: { backgroundImage: 'none' }, outlined: { borderColor: colours.line } },
      },
      MuiButtonBase: { defaultProps: { disableRipple: true } },
      MuiButton: {
        // Beside the label: what is disabled keeps its colour, and would show through a spinner in the middle.
        defaultProps: { disableElevation: true, loadingPosition: 'start' },
        styleOverrides: {
          root: {
            minHeight: 36,
            '&.Mui-focusVisible': { outline: `2px solid ${colours.focus}`, outlineOffset: 2 },
            '&.Mui-disabled': { color: colours.quiet },
          },
          sizeSmall: { minHeight: 30 },
        },
      },
      MuiIconButton: {
        styleOverrides: {
          root: { '&.Mui-focusVisible': { outline: `2px solid ${colours.focus}`, outlineOffset: -2 } },
        },
      },
      MuiTab: {
        styleOverrides: {
          root: {
            '&.Mui-selected': { color: colours.accent },
            minHeight: 44,
            padding: '8px 12px',
            '&.Mui-focusVisible': { outline: `2px solid ${colours.focus}`, outlineOffset: -3 },
          },
        },
      },
      MuiTextField: { defaultProps: { variant: 'outlined', size: 'small', margin: 'none', fullWidth: true } },
      MuiFormControl: {
        defaultProps: { variant: 'outlined', size: 'small', margin: 'none', fullWidth: true },
      },
      MuiOutlinedInput: {
        styleOverrides: { notchedOutline: { borderColor: mode === 'light' ? '#808b98' : '#6d7987' } },
      },
      MuiInputLabel: { styleOverrides: { root: { color: colours.quiet } } },
      MuiTableCell: {
        styleOverrides: {
          root: { borderColor: colours.line },
          head: { fontWeight: 620, color: colours.quiet },
        },
      },
      MuiLink: { defaultProps: { underline: 'hover' }, styleOverrides: { root: { fontWeight: 520 } } },
      MuiAlert: { defaultProps: { variant: 'outlined' }, styleOverrides: { root: { color: colours.text } } },
      MuiTooltip: { defaultProps: { enterDelay: 400, arrow: true } },
      MuiDialogTitle: { defaultProps: { component: 'h2' } },
    },
  };
}

export const lightTheme = themeOf('light', light, defaultLightTheme);
export const darkTheme = themeOf('dark', dark, defaultDarkTheme);
