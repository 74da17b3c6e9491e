import { resolve } from 'node:path'
import { z } from 'zod'
import { defaultDataDir } from './database/embedded/embedded.ts'

export type Config = {
  /** Address to listen on. */
  host: string
  /** 0 lets the system choose. */
  port: number
  /** Folder of the embedded database, of uploads under way and of backups. */
  dataDir: string
  /** null: the embedded PostgreSQL. */
  databaseUrl: string | null
  /** Whether PostgreSQL itself holds each request to the rows of who asks; costs time, so for tests, and for who wants it. */
  rowSecurity: boolean
  /** Where kept answers are shared; null: each process keeps its own. */
  redisUrl: string | null
  /** off: the one person at this machine. on: accounts. */
  auth: 'off' | 'on'
  /** What cookies and links are signed with; null: made at the first start and kept in DATA_DIR. */
  authSecret: string | null
  /** Who may make an account. The first one may always be made. */
  signUp: 'open' | 'invite' | 'closed'
  /** An OpenID provider beside passwords. */
  oidc: { issuer: string; clientId: string; clientSecret: string; name: string } | null
  /** The mail server, null: no mail is sent. */
  smtpUrl: string | null
  /** From whom mail comes. */
  mailFrom: string | null
  /** The keys that push is signed with; null: made when they are first needed, and kept in the database. */
  vapid: { publicKey: string; privateKey: string } | null
  /** Whom a push service can write to about this server: `mailto:` or `https:`. */
  vapidSubject: string | null
  /** Where people reach Landed when that is not `http://host:port`. */
  publicUrl: URL | null
  /** Whether a backup is made each day. */
  backups: boolean
  /** How many backups of each kind are kept. */
  backupKeep: number
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** How many proxies of ours are in front, each of which adds to X-Forwarded-For. */
  trustProxy: number
  /** How often somebody may ask, by kind. `others`: who asks from this machine is not counted. 0: no limit. */
  rateLimits: {
    whom: 'nobody' | 'others' | 'all'
    perMinute: { sign_in: number; reads: number; writes: number; files: number; connections: number }
  }
  /** In seconds: how long headers, and a whole request, may take to arrive; how long a download waits for who does not read. */
  timeouts: { headers: number; request: number; reader: number }
  /** Whether this process looks for what is due. */
  reminders: boolean
  /** How many live connections one person may have open at a time: tabs, devices, programs. */
  liveConnections: number
  /** Hosts of this machine or its network that may be asked although somebody else chose the address: `name` or `name:port`. */
  outgoingAllow: string[]
  /** What a reader of /metrics must send with AUTH=on; null: nobody may. */
  metricsToken: string | null
  /** An OpenTelemetry collector that traces are sent to, null: none are made. */
  otlpEndpoint: string | null
  /** What traces are told apart by. */
  serviceName: string
  /** Check every answer against the contract: costs time, so for tests and development. */
  checkAnswers: boolean
}

/** Every mistake in the environment at once, each with its remedy. */
export class ConfigError extends Error {
  constructor(mistakes: string[]) {
    super(
      `Landed cannot start: ${mistakes.length === 1 ? 'one setting is' : `${mistakes.length} settings are`} wrong.\n${mistakes.map((line) => `  - ${line}`).join('\n')}`,
    )
    this.name = 'ConfigError'
  }
}

const flag = z.enum(['true', 'false', '1', '0'], { error: 'must be true or false' }).transform((text) => text === 'true' || text === '1')

const keyOf = (bytes: number, what: string) =>
  z
    .string()
    .refine(
      (text) => /^[\w-]+$/.test(text) && Buffer.from(text, 'base64url').length === bytes,
      `must be ${what} key of P-256 in base64url, as \`npx web-push generate-vapid-keys\` makes them`,
    )
    .optional()
const wholeNumber = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`
  return z.coerce.number({ error }).int(error).min(least, error).max(most, error)
}
const count = wholeNumber(0, 1_000_000)
const seconds = wholeNumber(1, 86_400)

const Environment = z.object({
  HOST: z
    .string()
    .regex(/^[\w.:[\]-]+$/, 'must be a host name or an IP address')
    .default('127.0.0.1'),
  PORT: z.coerce
    .number({ error: 'must be a port from 0 to 65535' })
    .int()
    .min(0)
    .max(65_535, 'must be a port from 0 to 65535')
    .default(3000),
  DATA_DIR: z.string().optional(),
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), 'must look like postgres://user:password@host:5432/database')
    .optional(),
  ROW_SECURITY: z
    .enum(['on', 'off', 'true', 'false', '1', '0'], { error: 'must be on or off' })
    .transform((text) => ['on', 'true', '1'].includes(text))
    .default(false),
  REDIS_URL: z
    .string()
    .refine((text) => /^rediss?:\/\//.test(text) && URL.canParse(text), 'must look like redis://user:password@host:6379/0')
    .optional(),
  AUTH: z.enum(['off', 'on'], { error: 'must be off (one person at this machine) or on (accounts)' }).default('off'),
  AUTH_SECRET: z.string().min(32, 'must have 32 characters or more; `openssl rand -base64 32` makes one').optional(),
  SIGN_UP: z.enum(['open', 'invite', 'closed'], { error: 'must be open, invite or closed' }).default('open'),
  OIDC_ISSUER: z
    .string()
    .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), 'must be a web address such as https://id.example.com/realms/home')
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(50, 'must have 50 characters or less').default('single sign-on'),
  SMTP_URL: z
    .string()
    .refine((text) => /^smtps?:\/\//.test(text) && URL.canParse(text), 'must look like smtp://user:password@mail.example.com:587')
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^<>@\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/, 'must be an address such as Landed <landed@example.com>')
    .optional(),
  VAPID_PUBLIC_KEY: keyOf(65, 'a public'),
  VAPID_PRIVATE_KEY: keyOf(32, 'a private'),
  VAPID_SUBJECT: z
    .string()
    .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'must look like mailto:you@example.com or https://example.com')
    .optional(),
  PUBLIC_URL: z
    .string()
    .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), 'must be a web address such as https://landed.example.com')
    .optional(),
  BACKUPS: z
    .enum(['on', 'off', 'true', 'false', '1', '0'], { error: 'must be on or off' })
    .transform((text) => ['on', 'true', '1'].includes(text))
    .default(true),
  BACKUP_KEEP: z.coerce
    .number({ error: 'must be a number from 1 to 1000' })
    .int('must be a whole number from 1 to 1000')
    .min(1, 'must be a number from 1 to 1000')
    .max(1_000, 'must be a number from 1 to 1000')
    .default(7),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  TRUST_PROXY: z
    .union([flag.transform(Number), z.coerce.number().int().min(0).max(10)], {
      error: 'must be true, false, or how many proxies there are',
    })
    .default(0),
  RATE_LIMITS: z.enum(['on', 'all', 'off'], { error: 'must be on, all (this machine too) or off' }).default('on'),
  RATE_LIMIT_SIGN_IN: count.default(600),
  RATE_LIMIT_READS: count.default(6_000),
  RATE_LIMIT_WRITES: count.default(3_000),
  RATE_LIMIT_FILES: count.default(600),
  RATE_LIMIT_CONNECTIONS: count.default(600),
  TIMEOUT_HEADERS: seconds.default(20),
  TIMEOUT_REQUEST: seconds.default(300),
  TIMEOUT_READER: seconds.default(60),
  REMINDERS: z
    .enum(['on', 'off', 'true', 'false', '1', '0'], { error: 'must be on or off' })
    .transform((text) => ['on', 'true', '1'].includes(text))
    .default(true),
  LIVE_CONNECTIONS: z.coerce
    .number({ error: 'must be a number from 1 to 100000' })
    .int('must be a whole number from 1 to 100000')
    .min(1, 'must be a number from 1 to 100000')
    .max(100_000, 'must be a number from 1 to 100000')
    .default(100),
  OUTGOING_ALLOW: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter((host) => host !== ''),
    )
    .refine(
      (hosts) => hosts.every((host) => /^([\w.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/.test(host)),
      'must list hosts such as push.lan,192.168.1.5:8080',
    )
    .default([]),
  METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more; `openssl rand -base64 32` makes one').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), 'must be the address of a collector such as http://127.0.0.1:4318')
    .optional(),
  OTEL_SERVICE_NAME: z.string().max(200, 'must have 200 characters or less').default('landed'),
  CHECK_ANSWERS: flag.default(false),
})

const secrets = new Set([
  'DATABASE_URL',
  'REDIS_URL',
  'AUTH_SECRET',
  'OIDC_CLIENT_SECRET',
  'SMTP_URL',
  'METRICS_TOKEN',
  'VAPID_PRIVATE_KEY',
])

/** Reads and checks every setting. Throws ConfigError that lists all that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  // An empty variable is how compose files and shells say "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''))
  const parsed = Environment.safeParse(given)
  const mistakes = parsed.success
    ? []
    : parsed.error.issues.map((issue) => {
        const name = String(issue.path[0])
        // Values of settings that may hold a password are not repeated.
        const shown = secrets.has(name) ? '' : ` (it is ${JSON.stringify(given[name])})`
        return `${name} ${issue.message}${shown}`
      })
  mistakes.push(...mistakesBetween(given))
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes)
  const e = parsed.data
  return {
    host: e.HOST,
    port: e.PORT,
    dataDir: resolve(e.DATA_DIR ?? defaultDataDir(env)),
    databaseUrl: e.DATABASE_URL ?? null,
    rowSecurity: e.ROW_SECURITY,
    redisUrl: e.REDIS_URL ?? null,
    auth: e.AUTH,
    authSecret: e.AUTH_SECRET ?? null,
    signUp: e.SIGN_UP,
    oidc:
      e.OIDC_ISSUER && e.OIDC_CLIENT_ID && e.OIDC_CLIENT_SECRET
        ? { issuer: e.OIDC_ISSUER, clientId: e.OIDC_CLIENT_ID, clientSecret: e.OIDC_CLIENT_SECRET, name: e.OIDC_NAME }
        : null,
    smtpUrl: e.SMTP_URL ?? null,
    mailFrom: e.MAIL_FROM ?? null,
    vapid: e.VAPID_PUBLIC_KEY && e.VAPID_PRIVATE_KEY ? { publicKey: e.VAPID_PUBLIC_KEY, privateKey: e.VAPID_PRIVATE_KEY } : null,
    vapidSubject: e.VAPID_SUBJECT ?? null,
    publicUrl: e.PUBLIC_URL ? new URL(e.PUBLIC_URL) : null,
    backups: e.BACKUPS,
    backupKeep: e.BACKUP_KEEP,
    logLevel: e.LOG_LEVEL,
    trustProxy: e.TRUST_PROXY,
    rateLimits: {
      whom: ({ on: 'others', all: 'all', off: 'nobody' } as const)[e.RATE_LIMITS],
      perMinute: {
        sign_in: e.RATE_LIMIT_SIGN_IN,
        reads: e.RATE_LIMIT_READS,
        writes: e.RATE_LIMIT_WRITES,
        files: e.RATE_LIMIT_FILES,
        connections: e.RATE_LIMIT_CONNECTIONS,
      },
    },
    timeouts: { headers: e.TIMEOUT_HEADERS, request: e.TIMEOUT_REQUEST, reader: e.TIMEOUT_READER },
    reminders: e.REMINDERS,
    liveConnections: e.LIVE_CONNECTIONS,
    outgoingAllow: e.OUTGOING_ALLOW,
    metricsToken: e.METRICS_TOKEN ?? null,
    otlpEndpoint: e.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    serviceName: e.OTEL_SERVICE_NAME,
    checkAnswers: e.CHECK_ANSWERS,
  }
}

/** What is wrong about settings together, each of which may be right. */
function mistakesBetween(given: NodeJS.ProcessEnv): string[] {
  const mistakes: string[] = []
  const host = given['HOST'] ?? '127.0.0.1'
  const accounts = given['AUTH'] === 'on'
  if (!accounts && !isLoopback(host)) {
    mistakes.push(
      `HOST=${host} can be reached from other machines, and without accounts (AUTH=off) anybody there could read your search. Leave HOST at 127.0.0.1, or set AUTH=on`,
    )
  }
  if (accounts && given['DATABASE_URL'] !== undefined && given['AUTH_SECRET'] === undefined) {
    mistakes.push('AUTH_SECRET must be set with AUTH=on and DATABASE_URL, the same for every process; `openssl rand -base64 32` makes one')
  }
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']
  const missing = oidc.filter((name) => given[name] === undefined)
  if (missing.length > 0 && missing.length < oidc.length)
    mistakes.push(`${missing.join(' and ')} must be set too: ${oidc.join(', ')} go together`)
  const vapid = ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY']
  if (vapid.filter((name) => given[name] === undefined).length === 1)
    mistakes.push(`${vapid.join(' and ')} must be set together, or neither: Landed makes them then`)
  if (given['SMTP_URL'] !== undefined && given['MAIL_FROM'] === undefined) {
    mistakes.push('MAIL_FROM must be set with SMTP_URL: the address that mail comes from, such as Landed <landed@example.com>')
  }
  return mistakes
}

/** Names and addresses that only this machine answers to. */
export const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
