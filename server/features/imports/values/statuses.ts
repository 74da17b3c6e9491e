/** The words people and trackers have for the stage of an application. */
import { ApplicationStatus, openStatuses } from '../../../../contract/applications.ts'
import { foldWord } from './words.ts'

const spellings: Record<ApplicationStatus, string[]> = {
  interested: [
    'saved',
    'wishlist',
    'wish list',
    'bookmarked',
    'bookmark',
    'draft',
    'to apply',
    'not applied',
    'not yet applied',
    'todo',
    'to do',
    'planned',
    'considering',
    'want to apply',
    'ready to apply',
    'preparing',
    'shortlist',
    'shortlisted by me',
    'lead',
    'interessiert',
    'not started',
    'backlog',
    'new',
  ],
  applied: [
    'application sent',
    'application send',
    'application submitted',
    'sent',
    'submitted',
    'in review',
    'under review',
    'under consideration',
    'pending',
    'waiting',
    'awaiting response',
    'awaiting reply',
    'applying',
    'application received',
    'beworben',
    'postule',
    'candidatura enviada',
    'received',
  ],
  screening: [
    'screen',
    'phone screen',
    'phone screening',
    'recruiter screen',
    'recruiter call',
    'hr screen',
    'hr call',
    'intro call',
    'initial screen',
    'assessment',
    'online assessment',
    'oa',
    'coding challenge',
    'take home',
    'take home test',
    'take home assignment',
    'test',
    'contacted',
    'responded',
    'shortlisted',
  ],
  interview: [
    'interviewing',
    'interviewed',
    'interviews',
    'interview scheduled',
    'phone interview',
    'video interview',
    'hr interview',
    'technical interview',
    'tech interview',
    'tech screen',
    'technical screen',
    'first interview',
    'second interview',
    'third interview',
    '1st interview',
    '2nd interview',
    '3rd interview',
    'first round',
    'second round',
    'final round',
    'final interview',
    'onsite',
    'on site',
    'onsite interview',
    'round 1',
    'round 2',
    'round 3',
    'in process',
    'vorstellungsgesprach',
    'entretien',
    'entrevista',
  ],
  offer: [
    'offered',
    'offers',
    'offer received',
    'offer extended',
    'job offer',
    'negotiation',
    'negotiating',
    'offer made',
    'angebot',
    'offre',
  ],
  accepted: ['offer accepted', 'hired', 'signed', 'accepted offer', 'job accepted', 'zusage'],
  rejected: [
    'rejection',
    'reject',
    'refused',
    'not selected',
    'unsuccessful',
    'denied',
    'turned down',
    'declined by company',
    'no longer considered',
    'no longer under consideration',
    'not moving forward',
    'abgelehnt',
    'absage',
    'refuse',
    'rechazado',
  ],
  declined: ['decline', 'offer declined', 'declined offer', 'i declined', 'declined by me', 'offer rejected by me'],
  withdrawn: [
    'withdrew',
    'withdraw',
    'application withdrawn',
    'cancelled',
    'canceled',
    'not interested',
    'no longer interested',
    'dropped',
    'abandoned',
  ],
  ghosted: [
    'no response',
    'no reply',
    'no answer',
    'never heard back',
    'ghost',
    'no feedback',
    'not heard back',
    'keine antwort',
    'keine ruckmeldung',
  ],
}

const known = new Map(ApplicationStatus.options.flatMap((status) => [status, ...spellings[status]].map((word) => [word, status] as const)))

// 1. Applied · ✅ Applied · Applied! · {"name":"applied"}
export function foldStatus(text: string): string {
  const name = /^\s*\{.*"name"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? text
  return foldWord(name).replace(/^\d+ (?=\D{3})/, '')
}

/** The status a word certainly means; null: somebody must say. */
export const statusOf = (word: string): ApplicationStatus | null => known.get(foldStatus(word)) ?? null

const hints: [RegExp, ApplicationStatus][] = [
  [/ghost|no (?:response|reply|answer)|silen/, 'ghosted'],
  [/withdr|cancel|not interested/, 'withdrawn'],
  [/(?:offer|i) (?:declin|reject)|declin\w* (?:the )?offer/, 'declined'],
  [/reject|declin|refus|unsuccess|closed|fail/, 'rejected'],
  [/accept|hired|sign/, 'accepted'],
  [/offer|negotiat/, 'offer'],
  [/interview|round|onsite|on site|panel/, 'interview'],
  [/screen|assess|test|challenge|call|recruiter/, 'screening'],
  [/appl(?:y|ied|ication)|sent|submit|review|wait|pending|progress/, 'applied'],
  [/sav|wish|bookmark|interest|todo|plan|draft/, 'interested'],
]

/** A guess to offer, never to apply by itself. */
export const guessStatus = (word: string): ApplicationStatus | null =>
  hints.find(([pattern]) => pattern.test(foldStatus(word)))?.[1] ?? null

/** How far a stage is from "interested"; everything closed is as far as can be. */
export function stageOf(status: ApplicationStatus): number {
  const at = (openStatuses as readonly ApplicationStatus[]).indexOf(status)
  return at === -1 ? openStatuses.length : at
}
