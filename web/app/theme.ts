import {
  ActionIcon,
  Button,
  Checkbox,
  Chip,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  defaultVariantColorsResolver,
  Input,
  InputWrapper,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  Popover,
  Radio,
  Select,
  Switch,
  Tooltip,
  type VariantColorsResolver,
} from '@mantine/core'
import { dark, light, variablesOf } from '../ui/tokens.ts'

const accent: MantineColorsTuple = [
  '#e9f6f4',
  '#d3ecea',
  '#a9dcd7',
  '#7bd6cc',
  dark.accent,
  '#2bafa4',
  '#148e86',
  light.accent,
  '#095a56',
  '#064643',
]
const red: MantineColorsTuple = [
  '#fdecea',
  '#fad7d3',
  '#f7b9b3',
  '#f5a69e',
  dark.danger,
  '#e0675a',
  '#cc3e30',
  light.danger,
  '#931b12',
  '#75150d',
]
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f4f2ee',
  '#eceae5',
  light.border,
  light.controlBorder,
  '#85807a',
  '#726d66',
  light.dimmed,
  '#3d3a35',
  light.text,
]
const darkGrey: MantineColorsTuple = [
  dark.text,
  '#cfcbc4',
  dark.dimmed,
  '#8f8a82',
  dark.controlBorder,
  dark.hover,
  dark.surface,
  dark.page,
  dark.rail,
  '#0c0b0a',
]

const variantColours: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input)
  // Mantine picks the text for the light scheme's shade; in the dark one the shade is bright.
  if (input.variant === 'filled' && ['accent', 'red', undefined].includes(input.color)) return { ...colours, color: 'var(--on-filled)' }
  if (input.variant === 'subtle' && input.color === 'gray')
    return { ...colours, color: 'var(--dimmed)', hover: 'var(--hover)', hoverColor: 'var(--mantine-color-text)' }
  return colours
}

const dialogTitle = { fontSize: 16, fontWeight: 600 }
const quick = { transitionProps: { duration: 150 } }

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 4 },
  colors: { accent, red, gray, dark: darkGrey },
  white: '#ffffff',
  black: light.text,
  autoContrast: true,
  variantColorResolver: variantColours,
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontFamily: "'Inter Figures', 'Inter Variable', system-ui, sans-serif",
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
      h4: { fontSize: '14px', lineHeight: '20px' },
      h5: { fontSize: '14px', lineHeight: '20px' },
      h6: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 32 } }),
    Button: Button.extend({ defaultProps: { size: 'sm' }, styles: { root: { fontWeight: 500 } } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'sm' } }),
    Radio: Radio.extend({ defaultProps: { size: 'sm' } }),
    Switch: Switch.extend({ defaultProps: { size: 'md', withThumbIndicator: false } }),
    // Named, or it would take Mantine's colour of what is filled instead of ours.
    Chip: Chip.extend({ defaultProps: { radius: 'md', variant: 'filled' } }),
    Input: Input.extend({ defaultProps: { size: 'sm' } }),
    InputWrapper: InputWrapper.extend({ styles: { label: { marginBottom: 4, fontWeight: 500 } } }),
    Select: Select.extend({ defaultProps: { checkIconPosition: 'right', comboboxProps: quick } }),
    Menu: Menu.extend({ defaultProps: { ...quick, shadow: 'md' } }),
    Popover: Popover.extend({ defaultProps: { ...quick, shadow: 'md' } }),
    Modal: Modal.extend({
      styles: { title: dialogTitle },
      defaultProps: { ...quick, centered: false, yOffset: '12vh', closeButtonProps: { 'aria-label': 'Close' } },
    }),
    Drawer: Drawer.extend({ styles: { title: dialogTitle }, defaultProps: quick }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, transitionProps: { duration: 120 }, events: { hover: true, focus: true, touch: false } },
    }),
    Notification: Notification.extend({ defaultProps: { withBorder: true }, styles: { icon: { color: 'var(--on-filled)' } } }),
  },
})

/** Mantine's own variables take our tones, so that its parts and ours cannot drift apart. */
export const variables: CSSVariablesResolver = () => {
  const scheme = (tokens: typeof light) => ({
    ...variablesOf(tokens),
    '--mantine-color-body': tokens.surface,
    '--mantine-color-text': tokens.text,
    '--mantine-color-bright': tokens.text,
    '--mantine-color-dimmed': tokens.dimmed,
    '--mantine-color-placeholder': tokens.dimmed,
    '--mantine-color-error': tokens.danger,
    '--mantine-primary-color-contrast': tokens.onFilled,
    '--mantine-color-anchor': tokens.accent,
    '--mantine-color-default': tokens.surface,
    '--mantine-color-default-hover': tokens.hover,
    '--mantine-color-default-color': tokens.text,
    '--mantine-color-default-border': tokens.border,
  })
  return { variables: {}, light: scheme(light), dark: scheme(dark) }
}
