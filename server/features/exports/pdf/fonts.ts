import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

type Font = { family: string; files: () => string[]; needed: RegExp }

/** In the order in which a letter is looked for. The large ones are read only where they are needed: Chinese is 10 MB. */
const fonts: Font[] = [
  {
    family: 'Noto Sans',
    files: () => [
      import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
      import.meta.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
    ],
    needed: /^/,
  },
  {
    family: 'Noto Sans Arabic',
    files: () => [
      import.meta.resolve('@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf'),
      import.meta.resolve('@expo-google-fonts/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf'),
    ],
    needed: /\p{Script_Extensions=Arabic}/u,
  },
  {
    family: 'Noto Sans Hebrew',
    files: () => [
      import.meta.resolve('@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf'),
      import.meta.resolve('@expo-google-fonts/noto-sans-hebrew/600SemiBold/NotoSansHebrew_600SemiBold.ttf'),
    ],
    needed: /\p{Script=Hebrew}/u,
  },
  {
    family: 'Noto Sans SC',
    files: () => [import.meta.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')],
    // Chinese and Japanese in all their forms; and arrows, stars and the like, which the others do not have.
    needed: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u2190-\u27bf\u3000-\u33ff\uff00-\uffef]/u,
  },
  {
    family: 'Noto Sans KR',
    files: () => [import.meta.resolve('@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf')],
    needed: /\p{Script=Hangul}/u,
  },
  {
    family: 'Noto Emoji',
    files: () => [import.meta.resolve('@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf')],
    needed: /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u,
  },
]

const scripts = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Devanagari',
  'Arabic',
  'Hebrew',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Common',
  'Inherited',
]
const covered = new RegExp(`^[${scripts.map((script) => `\\p{Script=${script}}`).join('')}]*$`, 'u')

/** Whether there is a font for its letters: there is none for Thai or Georgian, say. */
export const isCovered = (text: string) => covered.test(text)

/** The fonts that `text` needs. */
export async function fontsFor(text: string): Promise<{ families: string[]; data: Uint8Array[] }> {
  const chosen = fonts.filter(({ needed }) => needed.test(text))
  const data = await Promise.all(chosen.flatMap(({ files }) => files()).map((file) => readFile(fileURLToPath(file))))
  return { families: chosen.map(({ family }) => family), data }
}
