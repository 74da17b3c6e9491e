import type { Browser, BrowserContext, Page } from '@playwright/test'
import { createClient } from '../../client/client.ts'
import { linkIn, type MailServer, startMailServer } from '../mail-server.ts'
import { test as base, expect, expectAccessible } from './landed.ts'

const test = base.extend<{ mails: MailServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern
  mails: async ({}, use) => {
    const mails = await startMailServer()
    await use(mails)
    await mails.close()
  },
  env: async ({ mails }, use) => use({ AUTH: 'on', SIGN_UP: 'invite', SMTP_URL: mails.url, MAIL_FROM: 'Landed <landed@example.com>' }),
})

const password = 'violet teapot under my roof'

/** In both schemes and on a phone. */
async function expectAccessibleEverywhere(page: Page) {
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1440, height: 900 })
}

/** Really subscribing needs the push service of the browser's maker, so that end is played here: with what another account left. */
async function playPush(page: Page) {
  await page.addInitScript(() => {
    // Nor does one without a window allow it.
    Object.defineProperty(Notification, 'permission', { value: 'granted' })
    Notification.requestPermission = async () => 'granted'
    const keys = {
      p256dh: 'BEUOnLIAc4PudHZ0KuLmpfzJB4ajHqmXH53d8K91ljIjN5ZfRxRJIbDoedECTKzKE_gMe6akkIVNYhEATjQq9lA',
      auth: 'soDU_BBhHIpEzOiqWUnVFQ',
    }
    const set = (name: string | null) => sessionStorage.setItem('push', name ?? '')
    const get = async () => {
      const name = sessionStorage.getItem('push') ?? 'left'
      const endpoint = `https://push.example.com/${name}`
      const unsubscribe = async () => {
        set(null)
        return true
      }
      return name === '' ? null : ({ endpoint, unsubscribe, toJSON: () => ({ endpoint, keys }) } as unknown as PushSubscription)
    }
    PushManager.prototype.getSubscription = get
    // As a browser does it: what is there is what one gets.
    PushManager.prototype.subscribe = async () => {
      if (!(await get())) set('new')
      return (await get()) as PushSubscription
    }
  })
}

async function firstAccount(page: Page, mails: MailServer) {
  await page.goto('/jobs')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fjobs$/)
  await expect(page.getByRole('heading', { name: 'Sign in to Landed' })).toBeVisible()
  await expectAccessibleEverywhere(page)
  await page.getByRole('link', { name: 'Make one' }).click()
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ana@example.com')
  await page.getByLabel(/^Password/).fill('password2026')
  await expect(page.getByText('Easy to guess: it holds a word that everybody tries')).toBeVisible()
  await page.getByLabel(/^Password/).fill(password)
  await expect(page.getByText('Strong', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
  await page.goto(linkIn(await mails.next('ana@example.com')).href)
  await expect(page.getByRole('heading', { name: 'Your e-mail is confirmed' })).toBeVisible()
  await page.goto('/sign-in?next=%2Fsettings')
  await signIn(page, 'ana@example.com')
}

async function signIn(page: Page, email: string) {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByLabel(/^Password/).fill('not what it is')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('The e-mail or the password is not right.')
  await page.getByLabel(/^Password/).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function invite(page: Page) {
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill('invite')
  await page.getByRole('link', { name: 'See people' }).click()
  await expect(page.getByText('Only who is invited can make an account.')).toBeVisible()
  await page.getByRole('textbox', { name: 'E-mail' }).fill('not an address')
  await page.getByRole('button', { name: 'Invite' }).click()
  await expect(page.getByText('must be an e-mail address')).toBeVisible()
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ben@example.com')
  await page.getByRole('button', { name: 'Invite' }).click()
  await expect(page.getByText('Mailed to ben@example.com')).toBeVisible()
  await expectAccessibleEverywhere(page)
}

async function joinByMail(browser: Browser, baseURL: string | undefined, mails: MailServer): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: baseURL ?? '' })
  const page = await context.newPage()
  await page.goto(linkIn(await mails.next('ben@example.com')).href)
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toHaveValue('ben@example.com')
  await page.getByLabel(/^Password/).fill(password)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page.getByRole('heading', { name: 'Your search starts here' })).toBeVisible()
  return context
}

test('the first account invites a second, who has tokens and sessions, and leaves without a trace', async ({
  page,
  landed,
  mails,
  browser,
  baseURL,
}) => {
  await firstAccount(page, mails)
  await invite(page)
  const bens = await joinByMail(browser, baseURL, mails)
  const ben = bens.pages()[0] as Page

  await test.step('who is no admin finds no way to People', async () => {
    await ben.goto('/settings')
    await expect(ben.getByRole('link', { name: 'Open your account' })).toBeVisible()
    await expect(ben.getByRole('link', { name: 'See people' })).toHaveCount(0)
    await expectAccessibleEverywhere(ben)
    await ben.goto('/settings/people')
    await expect(ben.getByText('This page is for admins')).toBeVisible()
  })

  await test.step('a token is shown once, works, and is refused once revoked', async () => {
    await ben.goto('/settings/tokens')
    await ben.getByRole('button', { name: 'Make a token' }).click()
    await ben.getByRole('textbox', { name: 'What it is for' }).fill('Calendar')
    await expectAccessible(ben)
    await ben.getByRole('button', { name: 'Make the token' }).click()
    const token = await ben.getByRole('textbox', { name: 'Token' }).inputValue()
    const program = createClient({ baseUrl: landed.url, headers: { authorization: `Bearer ${token}` } })
    expect(await program.account.me()).toMatchObject({ email: 'ben@example.com' })
    await ben.reload()
    await expect(ben.getByRole('listitem').filter({ hasText: 'Calendar' })).toContainText('reads. Last used')
    expect(await ben.content()).not.toContain(token)
    await expectAccessibleEverywhere(ben)
    await ben.getByRole('button', { name: 'Revoke Calendar' }).click()
    await ben.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await expect(ben.getByText('No tokens yet')).toBeVisible()
    // The page shows it before the server has answered.
    await expect(() => expect(program.account.me()).rejects.toThrow('unknown, was removed or has expired')).toPass({ timeout: 10_000 })
  })

  await test.step('a session elsewhere is seen and ended', async () => {
    const elsewhere = await browser.newContext({
      baseURL: baseURL ?? '',
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Firefox/140.0',
    })
    const answer = await elsewhere.request.post('/api/auth/sign-in/email', { data: { email: 'ben@example.com', password } })
    expect(answer.status()).toBe(200)
    await ben.goto('/settings/account')
    await expect(ben.getByRole('listitem').filter({ hasText: 'This one' })).toContainText('Chrome on Linux')
    await expectAccessibleEverywhere(ben)
    await ben.getByRole('button', { name: 'Sign out Firefox on Windows' }).click()
    await expect(ben.getByText('Firefox on Windows is signed out.').first()).toBeVisible()
    expect((await elsewhere.request.get('/api/v1/me')).status()).toBe(401)
    await elsewhere.close()
  })

  await test.step('a session that ends while somebody types takes nothing along', async () => {
    await ben.goto('/jobs')
    await ben.getByRole('button', { name: 'Add a job' }).first().click()
    await ben.getByRole('textbox', { name: 'Company' }).fill('Northwind Labs')
    await ben.getByRole('textbox', { name: 'Title' }).fill('Platform Engineer')
    // Not before it is sent: what else the page asks for would tell it first.
    await ben.route(
      '**/api/v1/jobs',
      async (route) => {
        await bens.request.post('/api/auth/revoke-sessions', { data: {} })
        await route.continue()
      },
      { times: 1 },
    )
    await ben.getByRole('dialog', { name: 'Add a job' }).getByRole('button', { name: 'Add', exact: true }).click()
    const again = ben.getByRole('dialog', { name: 'Sign in again' })
    await expect(again.getByRole('textbox', { name: 'E-mail' })).toHaveValue('ben@example.com')
    await expectAccessible(ben)
    await ben.keyboard.press('Escape')
    await again.getByLabel(/^Password/).fill(password)
    await again.getByRole('button', { name: 'Sign in' }).click()
    await expect(ben).toHaveURL(/\/jobs\/[0-9a-f-]{36}/)
    await expect(again).toBeHidden()
  })

  await test.step('what is changed while the server is away is kept, and saved when it is back', async () => {
    await ben.goto('/settings/account')
    const name = ben.getByRole('textbox', { name: 'Name' })
    await expect(name).toBeVisible()
    await bens.setOffline(true)
    await name.fill('Ben of the village')
    await name.press('Enter')
    await expect(ben.getByText('Not saved yet, and kept here.')).toBeVisible()
    await expect(name).toHaveValue('Ben of the village')
    await bens.setOffline(false)
    await expect(ben.getByText('Not saved yet, and kept here.')).toBeHidden()
    await expect
      .poll(async () => ((await (await bens.request.get('/api/v1/me')).json()) as { name: string }).name)
      .toBe('Ben of the village')
  })

  await test.step('the account is deleted with everything in it', async () => {
    await ben.getByRole('button', { name: 'Delete', exact: true }).click()
    const dialog = ben.getByRole('dialog', { name: 'Delete your account' })
    await expect(dialog).toContainText('nothing brings it back: 1 job, ')
    await expect(dialog).toContainText('your profile and settings and every session, on every device.')
    await expectAccessible(ben)
    const sure = dialog.getByRole('button', { name: 'Delete the account' })
    await expect(sure).toBeDisabled()
    await dialog.getByRole('textbox', { name: 'Type ben@example.com to go on' }).fill('Ben@example.com')
    await sure.click()
    await expect(ben.getByText('Your account is deleted, and everything in it.')).toBeVisible()
    await page.reload()
    await expect(page.getByRole('list', { name: 'Accounts' }).getByRole('listitem')).toHaveCount(1)
  })
  await bens.close()

  await test.step('push does not come for whoever was here before, and whoever signs out takes it along', async () => {
    await playPush(page)
    await page.goto('/settings/notifications')
    await page.getByRole('button', { name: 'Turn on in this browser' }).click()
    const endpoints = async () => {
      const answer = await page.request.get('/api/v1/notifications/push-subscriptions')
      return ((await answer.json()) as { items: { endpoint: string }[] }).items.map(({ endpoint }) => endpoint)
    }
    await expect.poll(endpoints).toEqual(['https://push.example.com/new'])
    await page.goto('/settings/account')
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page).toHaveURL(/\/sign-in$/)
    expect(await page.evaluate(() => sessionStorage.getItem('push'))).toBe('')
  })
})
