import type { ApplicationStatus } from '../../contract/jobs.ts'

type Tone = { fg: string; bg: string }
type Tokens = {
  page: string
  surface: string
  rail: string
  hover: string
  selected: string
  text: string
  dimmed: string
  /** Between things. */
  border: string
  /** Around what can be typed into: 3:1 against its surroundings. */
  controlBorder: string
  accent: string
  accentSoft: string
  /** On what is filled with accent or danger. */
  onFilled: string
  danger: string
  warn: string
  /** Behind what a search found. */
  mark: string
  status: Record<ApplicationStatus, Tone>
}

export const light: Tokens = {
  page: '#faf9f7',
  surface: '#ffffff',
  rail: '#f4f2ee',
  hover: '#f1efeb',
  selected: '#e6f2f0',
  text: '#1f1d1a',
  dimmed: '#605c55',
  border: '#e4e1db',
  controlBorder: '#928d84',
  accent: '#0b6e69',
  accentSoft: '#e1f1ef',
  onFilled: '#ffffff',
  danger: '#b42318',
  warn: '#8a5300',
  mark: '#fbe9a9',
  status: {
    interested: { fg: '#57534e', bg: '#efede9' },
    applied: { fg: '#1d4f91', bg: '#e4eefa' },
    screening: { fg: '#3f3da6', bg: '#e9e9fb' },
    interview: { fg: '#6b2fa0', bg: '#f2e8fb' },
    offer: { fg: '#7a4a00', bg: '#fbefd6' },
    accepted: { fg: '#1e6434', bg: '#e2f3e5' },
    rejected: { fg: '#5e5a52', bg: '#edebe6' },
    declined: { fg: '#475569', bg: '#e9edf2' },
    withdrawn: { fg: '#475569', bg: '#e9edf2' },
    ghosted: { fg: '#605c55', bg: '#ffffff' },
  },
}

export const dark: Tokens = {
  page: '#171614',
  surface: '#1e1d1b',
  rail: '#131211',
  hover: '#282623',
  selected: '#1b302e',
  text: '#e9e6e1',
  dimmed: '#a8a39b',
  border: '#33312d',
  controlBorder: '#6e6961',
  accent: '#4fd1c5',
  accentSoft: '#17312f',
  onFilled: '#0c0b0a',
  danger: '#f4948a',
  warn: '#e9b659',
  mark: '#55430f',
  status: {
    interested: { fg: '#cfcbc4', bg: '#2c2a27' },
    applied: { fg: '#9cc4f5', bg: '#1b2a3d' },
    screening: { fg: '#b9b8fa', bg: '#26264a' },
    interview: { fg: '#d5b3f5', bg: '#34214a' },
    offer: { fg: '#f3c877', bg: '#3a2b10' },
    accepted: { fg: '#8fd6a3', bg: '#17331f' },
    rejected: { fg: '#bdb8af', bg: '#2b2926' },
    declined: { fg: '#b4c0ce', bg: '#232a33' },
    withdrawn: { fg: '#b4c0ce', bg: '#232a33' },
    ghosted: { fg: '#a8a39b', bg: '#1e1d1b' },
  },
}

/** `--page`, `--control-border`, `--status-applied-fg` … for the style sheets. */
export function variablesOf({ status, ...plain }: Tokens): Record<string, string> {
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return {
    ...Object.fromEntries(Object.entries(plain).map(([name, colour]) => [`--${kebab(name)}`, colour])),
    ...Object.fromEntries(
      Object.entries(status).flatMap(([name, { fg, bg }]) => [
        [`--status-${name}-fg`, fg],
        [`--status-${name}-bg`, bg],
      ]),
    ),
  }
}
