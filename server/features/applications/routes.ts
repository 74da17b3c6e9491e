import { applications } from '../../../contract/applications.ts'
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
import { addInterview, changeInterview, deleteInterview, listInterviews } from './interviews.ts'

export const applicationsRoutes = routes(applications, {
  list: ({ app, user, query }) => findApplications(app, user, query),
  create: ({ app, user, body }) => createApplication(app, user, body),
  get: ({ app, user, params, query }) => getApplication(app, user, params.id, query.deleted),
  update: ({ app, user, params, body, expected }) => changeApplication(app, user, params.id, body, expected),
  delete: ({ app, user, params, query, expected }) => deleteApplication(app, user, params.id, query, expected),
  restore: ({ app, user, params, expected }) => restoreApplication(app, user, params.id, expected),
  listInterviews: ({ app, user, params }) => listInterviews(app, user, params.id),
  addInterview: ({ app, user, params, body }) => addInterview(app, user, params.id, body),
  updateInterview: ({ app, user, params, body }) => changeInterview(app, user, params.id, params.interview_id, body),
  deleteInterview: ({ app, user, params }) => deleteInterview(app, user, params.id, params.interview_id),
  listEvents: ({ app, user, params }) => listEvents(app, user, params.id),
  addEvent: ({ app, user, params, body }) => addEvent(app, user, params.id, body),
  updateEvent: ({ app, user, params, body }) => correctEvent(app, user, params.id, params.event_id, body),
  deleteEvent: ({ app, user, params }) => removeEvent(app, user, params.id, params.event_id),
})
