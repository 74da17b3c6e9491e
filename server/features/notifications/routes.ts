import { notifications } from '../../../contract/notifications.ts'
import { routes } from '../../http/mount.ts'
import {
  changeNotification,
  deleteMany,
  deleteNotification,
  findNotifications,
  getNotification,
  getUnreadCount,
  markAllRead,
  markRead,
  sendTest,
  startNotifications,
} from './notifications.ts'
import { getPreferences, replacePreferences } from './preferences.ts'
import { addSubscription, findSubscriptions, getPushKey, removeSubscription } from './push/subscriptions.ts'
import { findDeliveries, getChannels } from './sending/channels.ts'

export const notificationsRoutes = routes(
  notifications,
  {
    list: ({ app, user, query }) => findNotifications(app, user, query),
    unreadCount: ({ app, user }) => getUnreadCount(app, user),
    markRead: ({ app, user, body }) => markRead(app, user, body),
    readAll: ({ app, user }) => markAllRead(app, user),
    bulkDelete: ({ app, user, body }) => deleteMany(app, user, body),
    getPreferences: ({ app, user }) => getPreferences(app, user),
    replacePreferences: ({ app, user, body }) => replacePreferences(app, user, body),
    test: ({ app, user, body }) => sendTest(app, user, body.channel),
    channels: ({ app, user }) => getChannels(app, user),
    pushKey: ({ app }) => getPushKey(app),
    pushSubscriptions: ({ app, user, query }) => findSubscriptions(app, user, query),
    addPushSubscription: ({ app, user, body, agent }) => addSubscription(app, user, body, agent),
    deletePushSubscription: ({ app, user, params }) => removeSubscription(app, user, params.id),
    deliveries: ({ app, user, query }) => findDeliveries(app, user, query),
    get: ({ app, user, params }) => getNotification(app, user, params.id),
    update: ({ app, user, params, body }) => changeNotification(app, user, params.id, body),
    delete: ({ app, user, params }) => deleteNotification(app, user, params.id),
  },
  { start: startNotifications },
)
