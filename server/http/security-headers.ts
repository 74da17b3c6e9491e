import type { Config } from '../config.ts'
import { isHttps } from './who-is-asking.ts'

/**
 * On every answer. Styles may stand inline because the component library sets sizes that way; scripts may not.
 * `frame-ancestors` and `x-frame-options` keep other pages from framing us. None of CORS: no other page may read anything.
 */
export const securityHeaders = (config: Config) => ({
  'content-security-policy':
    "default-src 'self'; script-src 'self'; script-src-attr 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  ...(isHttps(config) ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
})

/** Of a file that somebody may have filled: should a browser show it all the same, it can run nothing and ask for nothing. */
export const fileHeaders = { 'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'", 'cache-control': 'no-store' }

/** Nobody between us and who asked keeps an answer, nor does the browser on its disk. */
export const answerHeaders = { 'cache-control': 'no-store' }
