import { applications, dependsOnClock } from '../../../contract/applications.ts'
import { cached, keptFor } from '../../http/cached.ts'
import { routes } from '../../http/mount.ts'
import {
  changeApplication,
  createApplication,
  deleteApplication,
  findApplications,
  getApplication,
  restoreApplication,
} from './applications.ts'
import { addEvent, correctEvent, listEvents, removeEvent } from './events.ts'
import { holdsUntil } from './holds-until.ts'
import { addInterview, changeInterview, deleteInterview, listInterviews } from './interviews.ts'

export const applicationsRoutes = routes(applications, {
  list: cached(applications.list, { seconds: keptFor.lists, dependsOnClock, until: holdsUntil }, ({ app, user, query }) =>
    findApplications(app, user, query),
  ),
  create: ({ app, user, body }) => createApplication(app, user, body),
  get: ({ app, user, params, query }) => getApplication(app, user, params.id, query.deleted),
  update: ({ app, user, params, body, expected, via }) => changeApplication(app, user, params.id, body, expected, via),
  delete: ({ app, user, params, query, expected }) => deleteApplication(app, user, params.id, query, expected),
  restore: ({ app, user, params, expected }) => restoreApplication(app, user, params.id, expected),
  listInterviews: ({ app, user, params }) => listInterviews(app, user, params.id),
  addInterview: ({ app, user, params, body, via }) => addInterview(app, user, params.id, body, via),
  updateInterview: ({ app, user, params, body, via }) => changeInterview(app, user, params.id, params.interview_id, body, via),
  deleteInterview: ({ app, user, params, via }) => deleteInterview(app, user, params.id, params.interview_id, via),
  listEvents: ({ app, user, params }) => listEvents(app, user, params.id),
  addEvent: ({ app, user, params, body, via }) => addEvent(app, user, params.id, body, via),
  updateEvent: ({ app, user, params, body, via }) => correctEvent(app, user, params.id, params.event_id, body, via),
  deleteEvent: ({ app, user, params, via }) => removeEvent(app, user, params.id, params.event_id, via),
})
