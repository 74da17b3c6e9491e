import type { App } from '../../app.ts'

/** Where people reach this Landed, for links in mails. Without a slash at the end. */
export const addressOfApp = ({ config, lifecycle }: App) =>
  config.publicUrl?.origin ?? lifecycle.url ?? `http://${config.host}:${config.port}`
