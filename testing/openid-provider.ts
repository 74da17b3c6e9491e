import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'

/** What the provider says of a person. */
export type Claims = { email?: string; email_verified?: boolean; name?: string }

export type OpenIdProvider = {
  /** For useTestApp and for a process: OIDC_ISSUER and its companions. */
  env: Record<string, string>
  /** Who is at the browser, and what is said of them. */
  people: Map<string, Claims>
  /** Takes over from the address that Landed sent a browser to, as this person would, and gives the address to come back to. */
  signInAs(subject: string, address: string): Promise<string>
  close(): Promise<void>
}

/** A real OpenID provider on this machine: signed tokens, PKCE, nonce, its own refusals. `redirectUri`: where it sends people back to. */
export async function startOpenIdProvider(redirectUri: string): Promise<OpenIdProvider> {
  const people = new Map<string, Claims>()
  const http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const secret = 'a secret between the provider and Landed'
  const provider = new Provider(issuer, configuration(redirectUri, secret, people))
  const handle = provider.callback()
  let present = ''
  http.on('request', (request, response) => {
    // Its page to sign in: here one answers by naming oneself.
    if (request.url?.startsWith('/interaction/')) {
      void provider.interactionDetails(request, response).then(async ({ prompt, params, grantId }) => {
        const grant = (grantId && (await provider.Grant.find(grantId))) || new provider.Grant({ accountId: present, clientId: 'landed' })
        grant.addOIDCScope(String(params['scope']))
        const result = prompt.name === 'login' ? { login: { accountId: present } } : { consent: { grantId: await grant.save() } }
        await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true })
      })
    } else void handle(request, response)
  })
  return {
    env: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'landed', OIDC_CLIENT_SECRET: secret, OIDC_NAME: 'Village login' },
    people,
    signInAs: async (subject, address) => {
      present = subject
      const cookies = new Map<string, string>()
      for (let at = address; ; ) {
        if (!at.startsWith(issuer)) return at
        const answer = await fetch(at, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        })
        for (const one of answer.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? []
          cookies.set(name, value)
        }
        const location = answer.headers.get('location')
        if (location === null) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`)
        at = new URL(location, at).href
      }
    },
    close: () => new Promise((resolve) => http.close(() => resolve())),
  }
}

const configuration = (redirectUri: string, secret: string, people: Map<string, Claims>): Configuration => ({
  clients: [
    {
      client_id: 'landed',
      client_secret: secret,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  // In the token itself, as most providers have it.
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  ttl: { AccessToken: 300, Grant: 300, IdToken: 300, Interaction: 300, Session: 300 },
  cookies: { keys: ['keys of a test'] },
  findAccount: (_context, subject) => ({ accountId: subject, claims: async () => ({ sub: subject, ...people.get(subject) }) }),
})
