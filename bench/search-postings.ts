/** Postings with the word statistics of real ones: a few words in nearly all of them, most words in hardly any. */

const functionWords =
  'the and to of a in with for you our we is are on as will be your or an that this have work at team experience from by all not it can who'.split(
    ' ',
  )
const postingWords =
  'engineer development software design product data platform support customer business management skills technical project services systems role years company build quality strong knowledge working environment solutions responsibilities requirements communication process people learning analysis remote office security cloud testing deploy release review mentor partner stakeholder roadmap growth impact benefits salary equity insurance vacation flexible hybrid degree bachelor senior junior lead manager developer analyst architect scientist consultant specialist frontend backend fullstack mobile devops infrastructure network database pipeline service api library framework tooling automation monitoring incident kubernetes docker terraform ansible linux python java typescript javascript react angular node postgresql mysql redis kafka spark hadoop warehouse dashboard metrics experiment model training inference research science statistics finance banking payment insurance health medical clinical patient education teacher school logistics shipping supply chain retail store marketing campaign brand content writer editor sales account revenue pipeline quota hiring recruiter onboarding culture diversity inclusion'.split(
    ' ',
  )
const seniorities = ['', '', '', 'Senior ', 'Senior ', 'Junior ', 'Lead ', 'Staff ', 'Principal ']
const roles = [
  'Software Engineer',
  'Platform Engineer',
  'Frontend Engineer',
  'Backend Engineer',
  'Data Engineer',
  'Data Scientist',
  'Product Manager',
  'Product Designer',
  'DevOps Engineer',
  'C++ Developer',
  'C# Developer',
  '.NET Developer',
  'Node.js Developer',
  'R Programmer',
  'Go Engineer',
  'Java Developer',
  'QA Engineer',
  'Support Engineer',
  'Site Reliability Engineer',
  'Machine Learning Engineer',
  'Account Manager',
  'Recruiter',
  'Nurse',
  'Teacher',
  'Accountant',
  'Marketing Manager',
  'Technical Writer',
  'Security Analyst',
  'Business Analyst',
  'Sales Representative',
] // prettier-ignore
const fields = [
  '',
  '',
  '',
  '',
  ', Payments',
  ', Growth',
  ', Infrastructure',
  ', Logistics',
  ', Health',
  ', Mobile',
  ', Search',
  ' (Remote)',
]
const skills = [
  'JavaScript',
  'Python',
  'SQL',
  'Java',
  'TypeScript',
  'React',
  'Node.js',
  'Docker',
  'Kubernetes',
  'PostgreSQL',
  'Go',
  'C++',
  'C#',
  '.NET',
  'AWS',
  'Azure',
  'Terraform',
  'Linux',
  'Git',
  'R',
  'Rust',
  'Kotlin',
  'Swift',
  'Ruby',
  'Rails',
  'Django',
  'Flask',
  'Spring Boot',
  'Kafka',
  'Spark',
  'Redis',
  'MySQL',
  'GraphQL',
  'Vue',
  'Angular',
  'Scala',
  'PHP',
  'Laravel',
  'Excel',
  'Tableau',
  'Power BI',
  'Figma',
  'Jira',
  'Machine Learning',
  'TensorFlow',
  'PyTorch',
  'Ansible',
  'Jenkins',
  'ASP.NET',
  'CI/CD',
] // prettier-ignore
const countries = ['Portugal', 'Germany', 'France', 'Spain', 'Poland', 'United Kingdom', 'Ireland', 'Netherlands', 'Sweden', 'Norway']
const companyEnds = ['', '', ' Labs', ' Systems', ' GmbH', ' Group', ' Technologies', ' & Söhne', ' Health', ' Bank']
const sources = ['LinkedIn', 'Indeed', 'Referral', 'Company site', 'Newsletter', 'Recruiter']

/** The same numbers on every run. */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const syllables =
  'ba be bo ca ce co da de di do fa fe ga ge go ha he ka ke ki la le li lo ma me mi mo na ne ni no pa pe po ra re ri ro sa se si so ta te ti to va ve vi vo za ze zo'.split(
    ' ',
  )

/** A word that nobody wrote, the same one for the same number. */
export function madeUpWord(rank: number): string {
  let word = ''
  for (let rest = rank + syllables.length; rest > 0; rest = Math.floor(rest / syllables.length)) word += syllables[rest % syllables.length]
  return word
}

/** A word by its rank in the vocabulary, most frequent first. */
const wordAt = (rank: number): string => functionWords[rank] ?? postingWords[rank - functionWords.length] ?? madeUpWord(rank)

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

// Zipf's law, the k-th word k times rarer than the first, inverted from its integral: cheap, and close enough.
const zipf = (share: number, size: number) => Math.floor(size ** share) - 1

// Nine words in ten are of the few thousand that every posting is made of.
const [commonWords, vocabulary] = [5_000, 300_000]

export type SearchPosting = {
  company: string
  title: string
  location: string | null
  remote_option: string | null
  job_type: string | null
  description: string
  salary_min: number | null
  salary_max: number | null
  salary_currency: string | null
  salary_period: string | null
  tech_stack: string[]
  tags: string[]
  url: string
  source: string
  status: string
  priority: number
  notes: string | null
  posted_on: string | null
  deadline_on: string | null
  match_score: number | null
}

const day = (ago: number) => new Date(Date.UTC(2026, 10, 1) - ago * 86_400_000).toISOString().slice(0, 10)

/** About 2.2 kB each. */
export function* searchPostings(count: number, seed: number): Generator<SearchPosting> {
  const next = numbers(seed)
  const share = () => next(1_000_000) / 1_000_000
  const pick = <T>(from: readonly T[]) => from[next(from.length)] as T
  const often = <T>(from: readonly T[]) => from[zipf(share(), from.length + 1) % from.length] as T
  const sentence = (length: number) => {
    let text = ''
    for (let at = 0; at < length; at++) {
      const word = wordAt(zipf(share(), share() < 0.9 ? commonWords : vocabulary))
      text += at === 0 ? capital(word) : ` ${word}`
    }
    return `${text}.`
  }
  for (let at = 0; at < count; at++) {
    const paid = share() < 0.7
    const low = 30_000 + next(120) * 1_000
    const company = zipf(share(), 30_000)
    const city = zipf(share(), 800)
    const stack = new Set(Array.from({ length: 3 + next(5) }, () => often(skills)))
    const sentences = Array.from({ length: 20 + next(10) }, () => sentence(8 + next(12)))
    if (share() < 0.5) sentences.splice(3, 0, `You will join our platform team and work with ${[...stack].join(', ')}.`)
    yield {
      company: `${capital(madeUpWord(company * 7))}${companyEnds[company % companyEnds.length]}`,
      title: `${pick(seniorities)}${often(roles)}${pick(fields)}`,
      location: share() < 0.9 ? `${capital(madeUpWord(city * 13))}, ${countries[city % countries.length]}` : null,
      remote_option: often(['onsite', 'hybrid', 'remote', null]),
      job_type: share() < 0.8 ? 'full_time' : pick(['part_time', 'contract', 'internship', 'temporary', 'freelance', null]),
      description: sentences.join(' '),
      salary_min: paid ? low : null,
      salary_max: paid && share() < 0.8 ? low + 5_000 + next(40) * 1_000 : null,
      salary_currency: paid ? often(['EUR', 'USD', 'GBP', 'PLN', 'SEK']) : null,
      salary_period: paid ? 'year' : null,
      tech_stack: [...stack],
      tags: share() < 0.05 ? [pick(['dream job', 'maybe', 'friends work there', 'far away'])] : [],
      url: `https://jobs.example.com/${seed}/${at}`,
      source: often(sources),
      status: share() < 0.7 ? 'open' : share() < 0.9 ? 'closed' : 'archived',
      priority: share() < 0.8 ? 0 : 1 + next(5),
      notes: share() < 0.1 ? sentence(20) : null,
      posted_on: share() < 0.9 ? day(next(700)) : null,
      deadline_on: share() < 0.3 ? day(next(700) - 60) : null,
      match_score: share() < 0.9 ? next(101) : null,
    }
  }
}
