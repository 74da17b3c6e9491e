export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

/** A page of the server's own, in the look of the guide. `body` is HTML. */
export const htmlPage = (title: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} – Landed</title><link rel="stylesheet" href="/docs/assets/docs.css"></head><body><header><a href="/">Landed</a></header>${body}</body></html>`
