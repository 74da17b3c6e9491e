import type { Profile } from '../../../contract/profile.ts'

export const experienceWords: Record<NonNullable<Profile['experience_level']>, string> = {
  internship: 'Internship',
  entry: 'Entry',
  mid: 'Mid',
  senior: 'Senior',
  lead: 'Lead',
  executive: 'Executive',
}

export const skillLevelWords = ['', 'Seen it', 'Used it', 'Work with it', 'Know it well', 'Could teach it'] as const
