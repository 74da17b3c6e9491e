import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'
import { ApplicationStatus } from './jobs.ts'
import { ApplicationHighlights, DidYouMean, Highlight } from './search.ts'

export { ApplicationStatus }

export const openStatuses = ['interested', 'applied', 'screening', 'interview', 'offer'] as const satisfies ApplicationStatus[]
export const closedStatuses = ['accepted', 'rejected', 'declined', 'withdrawn', 'ghosted'] as const satisfies ApplicationStatus[]

export const Contact = z
  .strictObject({
    name: f.OptionalLine.default(null).meta({ examples: ['Ana Moreira'] }),
    role: f.OptionalLine.default(null).meta({ examples: ['Recruiter'] }),
    email: f.OptionalLine.default(null).meta({ examples: ['ana@northwind.example'] }),
    phone: f.OptionalLine.default(null),
    url: f.OptionalUrl.default(null),
  })
  .refine((contact) => contact.name ?? contact.email ?? contact.phone ?? contact.url, 'needs a name, an e-mail, a phone number or a link')
  .meta({ id: 'Contact' })
export type Contact = z.output<typeof Contact>

export const InterviewFeedback = z
  .strictObject({
    questions: z.array(f.Line).max(f.limits.entries).default([]),
    skill_areas: f.Words.default([]),
    rating: z.int().min(1).max(5).nullable().default(null),
    notes: f.OptionalText.default(null),
  })
  .meta({ id: 'InterviewFeedback' })

/** The highest round: what follows it is of the same. */
export const lastRound = 50

const interviewWritable = {
  round: z
    .int()
    .min(1)
    .max(lastRound)
    .meta({ examples: [1] }),
  kind: z.enum(['phone', 'video', 'onsite', 'take_home', 'other']),
  starts_at: f.Instant,
  duration_minutes: z
    .int()
    .min(1)
    .max(10_080)
    .nullable()
    .meta({ examples: [45] }),
  place: f.OptionalText.meta({ examples: ['https://meet.example.com/abc'] }),
  interviewers: f.Words.meta({ examples: [['Ana Moreira']] }),
  status: z.enum(['scheduled', 'held', 'cancelled']),
  feedback: InterviewFeedback.nullable(),
}

export const Interview = z.strictObject({ id: f.Id, ...interviewWritable }).meta({ id: 'Interview' })
export type Interview = z.output<typeof Interview>

export const InterviewInput = z
  .strictObject({
    ...interviewWritable,
    round: interviewWritable.round.optional().meta({ description: 'The next one when left out' }),
    kind: interviewWritable.kind.default('video'),
    duration_minutes: interviewWritable.duration_minutes.default(null),
    place: interviewWritable.place.default(null),
    interviewers: f.orEmpty(interviewWritable.interviewers).default([]),
    status: interviewWritable.status.default('scheduled'),
    feedback: interviewWritable.feedback.default(null),
  })
  .meta({ id: 'InterviewInput' })
export type InterviewInput = z.output<typeof InterviewInput>

export const InterviewChanges = z
  .strictObject({ ...interviewWritable, interviewers: f.orEmpty(interviewWritable.interviewers) })
  .partial()
  .meta({ id: 'InterviewChanges' })
export type InterviewChanges = z.output<typeof InterviewChanges>

export const EventType = z.enum([
  'created',
  'status_changed',
  'note',
  'interview_scheduled',
  'interview_moved',
  'interview_cancelled',
  'interview_held',
])
export type EventType = z.output<typeof EventType>

/** The truth about an application's status: `from_status` is computed on reading. */
export const ApplicationEvent = z
  .strictObject({
    id: f.Id,
    type: EventType,
    from_status: ApplicationStatus.nullable(),
    to_status: ApplicationStatus.nullable(),
    occurred_at: f.Instant,
    occurred_on: f.Day,
    recorded_at: f.Instant,
    note: f.OptionalText.meta({ examples: ['They called back within a day.'] }),
  })
  .meta({ id: 'ApplicationEvent' })
export type ApplicationEvent = z.output<typeof ApplicationEvent>

const eventWritable = {
  to_status: ApplicationStatus,
  occurred_at: f.Instant.meta({ description: 'When it happened' }),
  occurred_on: f.Day.meta({ description: 'The day it happened, when the hour is not known' }),
  note: f.OptionalText,
}
const eventExample = { to_status: 'interview', occurred_on: '2026-11-22', note: 'They called back within a day.' }
const oneMoment = (event: { occurred_at?: string; occurred_on?: string }) =>
  event.occurred_at === undefined || event.occurred_on === undefined
const oneMomentMessage = { path: ['occurred_on'], error: 'send occurred_at or occurred_on, not both' }

export const EventInput = z
  .strictObject({ ...eventWritable, type: z.enum(['status_changed', 'note']).optional() })
  .partial()
  .refine((event) => event.to_status !== undefined || (event.note ?? null) !== null, 'needs to_status, a note, or both')
  .refine((event) => event.type !== 'status_changed' || event.to_status !== undefined, {
    path: ['to_status'],
    error: 'is needed for a status change',
  })
  .refine((event) => event.type !== 'note' || event.to_status === undefined, {
    path: ['to_status'],
    error: 'a note changes no status; leave to_status out or send type status_changed',
  })
  .refine(oneMoment, oneMomentMessage)
  .meta({ id: 'ApplicationEventInput', examples: [eventExample] })
export type EventInput = z.output<typeof EventInput>

export const EventChanges = z
  .strictObject(eventWritable)
  .partial()
  .refine(oneMoment, oneMomentMessage)
  .meta({ id: 'ApplicationEventChanges', examples: [eventExample] })
export type EventChanges = z.output<typeof EventChanges>

const datesByEvent = {
  status: ApplicationStatus,
  applied_on: f.Day,
  response_on: f.Day,
  offer_on: f.Day,
}
const writable = {
  follow_up_on: f.Day.nullable(),
  reminders_muted: z.boolean(),
  notes: f.OptionalText,
  contacts: z.array(Contact).max(100),
}

export const ApplicationInput = z
  .strictObject({
    job_id: f.Id,
    status: datesByEvent.status.optional().meta({ description: '`interested` when left out, or what the dates say' }),
    applied_on: datesByEvent.applied_on.nullable().optional(),
    response_on: datesByEvent.response_on.nullable().optional(),
    offer_on: datesByEvent.offer_on.nullable().optional(),
    follow_up_on: writable.follow_up_on.default(null),
    reminders_muted: writable.reminders_muted.default(false),
    notes: writable.notes.default(null),
    contacts: f.orEmpty(writable.contacts).default([]),
    interviews: f.orEmpty(z.array(InterviewInput).max(50)).default([]),
  })
  .meta({ id: 'ApplicationInput' })
export type ApplicationInput = z.output<typeof ApplicationInput>

/** `status` and the three dates each write or correct an event; the present value is a no-op. */
export const ApplicationChanges = z
  .strictObject({
    ...writable,
    contacts: f.orEmpty(writable.contacts),
    status: datesByEvent.status,
    applied_on: f.Day.nullable(),
    response_on: f.Day.nullable(),
    offer_on: f.Day.nullable(),
    version: z.int(),
  })
  .partial()
  .meta({ id: 'ApplicationChanges' })
export type ApplicationChanges = z.output<typeof ApplicationChanges>

export const Application = z
  .strictObject({
    id: f.Id,
    job_id: f.Id,
    job: z.strictObject({ id: f.Id, company: z.string(), title: z.string() }),
    status: ApplicationStatus,
    applied_on: f.Day.nullable(),
    response_on: f.Day.nullable(),
    offer_on: f.Day.nullable(),
    interview_at: f.Instant.nullable().meta({ description: 'The next scheduled interview' }),
    status_since: f.Day.meta({ description: 'The day it came to its present status' }),
    follow_up_on: writable.follow_up_on,
    reminders_muted: writable.reminders_muted,
    notes: writable.notes,
    interviews: z.array(Interview),
    contacts: writable.contacts,
    version: z.int(),
    created_at: f.Instant,
    updated_at: f.Instant,
    deleted_at: f.Instant.nullable(),
  })
  .meta({ id: 'Application' })
export type Application = z.output<typeof Application>

export const FoundApplication = Application.extend({ highlights: ApplicationHighlights.optional() }).meta({ id: 'FoundApplication' })
export type FoundApplication = z.output<typeof FoundApplication>

export const applicationFilter = {
  q: f.QueryWords.meta({
    description: 'Words in its notes, its contacts or its job, as for jobs',
    examples: ['northwind'],
  }),
  status: f.many(ApplicationStatus),
  job_id: f.many(f.Id),
  applied_from: f.Day.optional(),
  applied_to: f.Day.optional(),
  follow_up_from: f.Day.optional(),
  follow_up_to: f.Day.optional(),
  interview_from: f.Day.optional(),
  interview_to: f.Day.optional(),
  silent_days_min: f.queryInteger(0, 10_000).optional().meta({ description: 'Open and without an event for at least so many days' }),
  deleted: f.Deleted,
}
export const ApplicationFilter = z.strictObject(applicationFilter)
export type ApplicationFilter = z.output<typeof ApplicationFilter>

export const applicationSorts = ['updated_at', 'created_at', 'applied_on', 'follow_up_on', 'interview_at', 'company'] as const
export const ApplicationSort = f.sortOf(applicationSorts)
export type ApplicationSort = z.output<typeof ApplicationSort>

/** What another moment answers otherwise although nothing was written: silence grows, and the next interview passes. */
export const dependsOnClock = (query: ApplicationFilter & { sort: ApplicationSort }) =>
  query.silent_days_min !== undefined ||
  query.interview_from !== undefined ||
  query.interview_to !== undefined ||
  query.sort.endsWith('interview_at')

const CountsByStatus = z
  .strictObject(Object.fromEntries(ApplicationStatus.options.map((status) => [status, z.int()])) as Record<ApplicationStatus, z.ZodInt>)
  .meta({ id: 'CountsByStatus' })

const byId = z.strictObject({ id: f.Id })
const byInterview = z.strictObject({ id: f.Id, interview_id: f.Id })
const byEvent = z.strictObject({ id: f.Id, event_id: f.Id })

export const applications = {
  list: {
    method: 'GET',
    path: '/applications',
    summary: 'List applications',
    description: '`by_status` counts what the filter matches apart from its `status`, so a board is one request.',
    access: 'read',
    query: z.strictObject({ ...applicationFilter, ...f.page, sort: ApplicationSort.default('-updated_at'), highlight: Highlight }),
    returns: f.listOf(FoundApplication, { by_status: CountsByStatus, did_you_mean: DidYouMean }).meta({ id: 'ApplicationList' }),
    status: 200,
    problems: ['invalid_query', 'invalid_cursor'],
  },
  create: {
    method: 'POST',
    path: '/applications',
    summary: 'Add an application',
    access: 'write',
    body: ApplicationInput,
    returns: Application,
    status: 201,
    location: '/applications/{id}',
    versioned: true,
    idempotent: true,
    problems: ['not_found', 'application_already_open'],
  },
  get: {
    method: 'GET',
    path: '/applications/{id}',
    summary: 'Read an application',
    access: 'read',
    params: byId,
    query: z.strictObject({ deleted: f.Deleted }),
    returns: Application,
    status: 200,
    versioned: true,
    problems: ['not_found'],
  },
  update: {
    method: 'PATCH',
    path: '/applications/{id}',
    summary: 'Change an application',
    description: 'A new `status`, `applied_on`, `response_on` or `offer_on` writes or corrects an event.',
    access: 'write',
    params: byId,
    body: ApplicationChanges,
    returns: Application,
    status: 200,
    versioned: true,
    problems: ['not_found', 'stale_version', 'application_already_open'],
  },
  delete: {
    method: 'DELETE',
    path: '/applications/{id}',
    summary: 'Delete an application',
    access: 'write',
    params: byId,
    query: z.strictObject({ permanent: f.QueryFlag }),
    status: 204,
    versioned: true,
    problems: ['not_found', 'stale_version'],
  },
  restore: {
    method: 'POST',
    path: '/applications/{id}/restore',
    summary: 'Take an application out of the trash',
    access: 'write',
    params: byId,
    returns: Application,
    status: 200,
    versioned: true,
    problems: ['not_found', 'conflict', 'application_already_open'],
  },
  listInterviews: {
    method: 'GET',
    path: '/applications/{id}/interviews',
    summary: 'List the interviews of an application',
    access: 'read',
    params: byId,
    returns: f.listOf(Interview).meta({ id: 'InterviewList' }),
    status: 200,
    problems: ['not_found'],
  },
  addInterview: {
    method: 'POST',
    path: '/applications/{id}/interviews',
    summary: 'Add an interview',
    access: 'write',
    params: byId,
    body: InterviewInput,
    returns: Interview,
    status: 201,
    location: '/applications/{params.id}/interviews/{id}',
    idempotent: true,
    problems: ['not_found', 'application_already_open'],
  },
  updateInterview: {
    method: 'PATCH',
    path: '/applications/{id}/interviews/{interview_id}',
    summary: 'Change an interview',
    access: 'write',
    params: byInterview,
    body: InterviewChanges,
    returns: Interview,
    status: 200,
    problems: ['not_found', 'application_already_open'],
  },
  deleteInterview: {
    method: 'DELETE',
    path: '/applications/{id}/interviews/{interview_id}',
    summary: 'Delete an interview',
    access: 'write',
    params: byInterview,
    status: 204,
    problems: ['not_found', 'application_already_open'],
  },
  listEvents: {
    method: 'GET',
    path: '/applications/{id}/events',
    summary: 'List the events of an application, oldest first',
    access: 'read',
    params: byId,
    returns: f.listOf(ApplicationEvent).meta({ id: 'ApplicationEventList' }),
    status: 200,
    problems: ['not_found'],
  },
  addEvent: {
    method: 'POST',
    path: '/applications/{id}/events',
    summary: 'Record what happened',
    description: 'May be back-dated, by the instant or by the bare day. Status and dates follow.',
    access: 'write',
    params: byId,
    body: EventInput,
    returns: ApplicationEvent,
    status: 201,
    location: '/applications/{params.id}/events/{id}',
    idempotent: true,
    problems: ['not_found', 'application_already_open'],
  },
  updateEvent: {
    method: 'PATCH',
    path: '/applications/{id}/events/{event_id}',
    summary: 'Correct an event',
    access: 'write',
    params: byEvent,
    body: EventChanges,
    returns: ApplicationEvent,
    status: 200,
    problems: ['not_found', 'application_already_open'],
  },
  deleteEvent: {
    method: 'DELETE',
    path: '/applications/{id}/events/{event_id}',
    summary: 'Remove an event',
    description: 'Status and dates follow from what is left. The last one that says a status cannot be removed.',
    access: 'write',
    params: byEvent,
    status: 204,
    problems: ['not_found', 'conflict', 'application_already_open'],
  },
} as const satisfies Endpoints
