import { ProfileInput } from '../../contract/profile.ts'

/** Whose search the sample is. */
export const person = {
  settings: { timezone: 'Europe/Lisbon', daily_application_goal: 2 },
  profile: ProfileInput.parse({
    headline: 'Product-minded web engineer, eight years, happiest in a small team that ships every week',
    skills: [
      { name: 'TypeScript', level: 5 },
      { name: 'React', level: 5 },
      { name: 'CSS', level: 5 },
      { name: 'Accessibility', level: 4 },
      { name: 'Node.js', level: 4 },
      { name: 'PostgreSQL', level: 3 },
      { name: 'Playwright', level: 4 },
      { name: 'Storybook', level: 4 },
      { name: 'Figma', level: 3 },
      { name: 'GraphQL', level: 3 },
      { name: 'D3', level: 3 },
      { name: 'Next.js', level: 3 },
      { name: 'Docker', level: 2 },
      { name: 'Vue', level: 2 },
      { name: 'WebGL', level: 2 },
      { name: 'Python', level: 2 },
      { name: 'Svelte' },
    ],
    experience_level: 'senior',
    years_experience: 8,
    preferred_locations: ['Lisbon', 'Remote'],
    remote_preference: 'remote',
    job_types: ['full_time', 'contract', 'freelance'],
    desired_salary_min: 58_000,
    salary_currency: 'EUR',
  }),
}
