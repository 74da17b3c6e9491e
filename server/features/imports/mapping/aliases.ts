/** What columns are called in tables that people keep by hand, the surest name first. */
import type { ImportKind, ImportTarget } from '../../../../contract/imports.ts'
import { applicationTargets, importTargets, jobTargets } from '../../../../contract/imports.ts'
import { foldName } from './names.ts'

const shared: Partial<Record<ImportTarget, string[]>> = {
  company: [
    'company name',
    'employer',
    'organization',
    'organisation',
    'company/organization',
    'firm',
    'hiring company',
    'unternehmen',
    'firma',
    'entreprise',
    'empresa',
    'azienda',
  ],
  title: [
    'job title',
    'role',
    'position',
    'job role',
    'position title',
    'job position',
    'role title',
    'job',
    'job name',
    'position name',
    'opportunity',
    'stelle',
    'poste',
    'puesto',
    'cargo',
    'jobtitel',
  ],
  location: ['job location', 'locations', 'city', 'place', 'office location', 'ort', 'standort', 'lieu', 'ubicacion'],
  remote_option: [
    'remote',
    'workplace type',
    'work mode',
    'work model',
    'work type',
    'remote option',
    'remote status',
    'workplace',
    'work arrangement',
    'on-site/remote',
  ],
  job_type: ['employment type', 'type', 'contract type', 'job types', 'type of employment', 'working time'],
  description: ['job description', 'html description', 'posting', 'job posting', 'job details', 'details', 'jd', 'about the job'],
  requirements: ['qualifications', 'job requirements', 'requirement'],
  responsibilities: ['duties', 'job responsibilities'],
  salary: [
    'salary range',
    'compensation',
    'pay',
    'salary estimate',
    'pay range',
    'wage',
    'comp',
    'compensation range',
    'gehalt',
    'salaire',
    'salario',
    'base salary',
    'total compensation',
    'tc',
  ],
  salary_min: ['min salary', 'minimum salary', 'salary from', 'min. salary', 'salary minimum', 'lower salary', 'min pay'],
  salary_max: ['max salary', 'maximum salary', 'salary to', 'max. salary', 'salary maximum', 'upper salary', 'max pay'],
  salary_currency: ['currency', 'salary currency'],
  salary_period: ['pay period', 'salary pay period', 'salary type', 'salary period'],
  tech_stack: ['skills', 'technologies', 'tech', 'stack', 'technology', 'keywords', 'required skills', 'job skills', 'tools'],
  tags: ['labels', 'categories', 'tag'],
  url: [
    'job url',
    'link',
    'job link',
    'job posting url',
    'posting url',
    'application url',
    'listing url',
    'posting link',
    'apply link',
    'application link',
    'website',
    'job posting link',
    'href',
    'company site link',
  ],
  source: [
    'job source',
    'platform',
    'job board',
    'found on',
    'site',
    'where found',
    'channel',
    'applied through',
    'applied via',
    'via',
    'quelle',
  ],
  priority: ['excitement', 'interest level', 'interest', 'stars', 'prio'],
  posted_on: ['date posted', 'posted date', 'posted', 'posting date', 'published', 'date published', 'posted at', 'posted on'],
  deadline_on: ['deadline', 'application deadline', 'closing date', 'close date', 'due date', 'apply by', 'expires', 'deadline date'],
  created_at: [
    'date saved',
    'saved date',
    'date added',
    'added',
    'added at',
    'saved at',
    'saved on',
    'added on',
    'created',
    'date created',
    'created date',
  ],
  archived: ['is archived', 'archived at'],
  notes: [
    'note',
    'comments',
    'comment',
    'remarks',
    'remark',
    'notizen',
    'bemerkungen',
    'next action',
    'next steps',
    'next step',
    'feedback',
    'misc',
    'additional notes',
    'other notes',
  ],
}

const jobAliases: Partial<Record<ImportTarget, string[]>> = {
  ...shared,
  status: ['job status', 'state', 'active', 'availability'],
}

const applicationAliases: Partial<Record<ImportTarget, string[]>> = {
  ...shared,
  status: [
    'application status',
    'stage',
    'current stage',
    'state',
    'list',
    'list name',
    'status name',
    'application stage',
    'outcome',
    'result',
    'current status',
    'progress',
    'etat',
    'estado',
    'phase',
  ],
  job_id: ['job uuid'],
  applied_on: [
    'date applied',
    'applied date',
    'application date',
    'apply date',
    'applied',
    'applied at',
    'date of application',
    'date',
    'date submitted',
    'submission date',
    'submitted',
    'applied time',
    'stage date',
    'beworben am',
    'datum',
    'date de candidature',
    'fecha',
    'when applied',
  ],
  response_on: [
    'response date',
    'date of response',
    'first response',
    'response received',
    'heard back',
    'reply date',
    'date responded',
    'replied',
  ],
  screening_on: ['phone screen date', 'screening date', 'screen date', 'phone screen', 'date screened'],
  interview_on: ['interview date', 'date interviewed', 'interviewed', 'date of interview', 'first interview', 'interview'],
  offer_on: ['offer date', 'date offered', 'offered', 'date of offer'],
  accepted_on: ['accepted date', 'date accepted'],
  rejected_on: ['rejection date', 'date rejected', 'rejected', 'rejected date', 'date of rejection'],
  withdrawn_on: ['withdrawn date', 'date withdrawn'],
  status_since: ['status date', 'last moved at', 'status changed', 'last update', 'last updated', 'last status change', 'status updated'],
  stage_history: ['history', 'status history', 'stages'],
  follow_up_on: ['follow up', 'follow up date', 'follow-up', 'next follow up', 'follow up at', 'followup', 'reminder'],
  contact_name: ['contact', 'contact person', 'recruiter', 'recruiter name', 'hiring manager', 'contact name', 'poc', 'ansprechpartner'],
  contact_role: ['contact title', 'contact position'],
  contact_email: ['email', 'e-mail', 'recruiter email', 'contact e-mail', 'email address'],
  contact_phone: ['phone', 'contact phone number', 'phone number', 'recruiter phone', 'telephone'],
  contact_url: ['contact linkedin', 'recruiter linkedin', 'contact link'],
  answers: ['question and answers', 'questions and answers', 'screening answers'],
}

const index = (aliases: Partial<Record<ImportTarget, string[]>>, targets: readonly ImportTarget[]) =>
  new Map(
    targets.flatMap((target) => [target, ...(aliases[target] ?? [])].map((name, rank) => [foldName(name), { target, rank }] as const)),
  )

const known: Record<ImportKind, Map<string, { target: ImportTarget; rank: number }>> = {
  jobs: index(jobAliases, jobTargets),
  applications: index(applicationAliases, applicationTargets),
}

// Notes may come from several columns; anything else from the one with the surest name.
const several = new Set<ImportTarget>(['notes'])

/** Column to field by its name alone; columns that nobody knows are not in it. */
export function mapByName(columns: readonly string[], kind: ImportKind): Map<string, ImportTarget> {
  const best = new Map<ImportTarget, { column: string; rank: number }>()
  const mapped = new Map<string, ImportTarget>()
  for (const column of columns) {
    const found = known[kind].get(foldName(column))
    // A foreign id says nothing here, and a file may well have a column of that name.
    if (!found || found.target === 'source_id') continue
    const rival = best.get(found.target)
    if (several.has(found.target) || !rival) mapped.set(column, found.target)
    else if (found.rank < rival.rank) {
      mapped.delete(rival.column)
      mapped.set(column, found.target)
    } else continue
    best.set(found.target, { column, rank: found.rank })
  }
  return mapped
}

/** Whether a row of cells names columns: two of them known, company or title among them. */
export function looksLikeHeader(names: readonly string[]): boolean {
  const targets = new Set(mapByName(names, 'applications').values())
  return targets.size >= 2 && (targets.has('company') || targets.has('title') || targets.has('job_id'))
}

export const isTarget = (kind: ImportKind, target: ImportTarget) => (importTargets[kind] as readonly ImportTarget[]).includes(target)
