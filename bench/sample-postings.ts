const roles = [
  'Customer Service Agent',
  'Marketing Manager',
  'Storekeeper',
  'Senior .NET Developer',
  'Accountant',
  'Nurse',
  'Site Engineer',
  'Teacher',
]
const companies = ['Marulho', 'Quillstone', 'Hafenlicht', 'Papermoth', 'Velotram', 'Ninevane', 'Tallyhouse', 'Kvarnsten']
const places = ['Lisbon, Portugal', 'Porto, Portugal', 'Braga, Portugal', 'Faro, Portugal', 'Évora, Portugal']
const skills = [
  'Call Center',
  'Customer Support',
  'English',
  'Market Research',
  'Social Media',
  'Warehousing',
  'Logistics/Supply Chain',
  'ASP.NET',
  'C++',
  'MS SQL',
  'Git',
  'Computer Science',
  'Accounting',
  'Sales Target',
  'Education',
  'Information Technology (IT)',
]

export type Posting = { title: string; company: string; location: string; skills: string[] }

/** Postings as job sites list them: a title, a company, a place and six skills; no two the same. */
export function* postings(count: number): Generator<Posting> {
  for (let at = 0; at < count; at++) {
    const pick = (from: readonly string[], step: number) => from[(at * step + (at >> 5)) % from.length] as string
    yield {
      title: `${pick(roles, 3)} ${at}`,
      company: `${pick(companies, 5)} ${at % 4_000}`,
      location: pick(places, 7),
      skills: [...new Set([1, 3, 5, 7, 11, 13].map((step) => pick(skills, step)))],
    }
  }
}
