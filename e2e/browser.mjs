// Chromium, and what it must never meet: a console error, a break of the content policy, a request to another
// host, an answer 500, a page wider than the screen.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './app.mjs'

const { chromium } = createRequire(join(root, 'web/package.json'))('playwright-core')
const sizes = [{ width: 1440, height: 900 }, { width: 390, height: 844 }]

export async function launch() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) throw new Error(`no Chromium at ${executablePath}; scripts/test-setup installs it`)
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  })
}

// user opens a browser of their own on the app, as one person has it; faults collects what went wrong there.
export async function user(browser, app, faults) {
  const context = await browser.newContext({ baseURL: app.url, viewport: sizes[0], locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(15_000)
  await context.addInitScript(() => addEventListener('securitypolicyviolation', event =>
    console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)))
  context.on('console', message => {
    // a refusal is an answer too, and so is none where a scenario cuts the network; it looks at what the page says
    const expected = app.down === undefined ? /status of 4\d\d/ : /status of 4\d\d|net::ERR_/
    if (message.type() === 'error' && !expected.test(message.text())) faults.push(`console: ${message.text()}`)
  })
  context.on('weberror', error => faults.push(`script: ${error.error().stack}`))
  context.on('request', request => {
    const { protocol, origin } = new URL(request.url())
    if (protocol !== 'data:' && protocol !== 'blob:' &&
      origin !== app.url) faults.push(`request to another host: ${request.url()}`)
  })
  context.on('response', response => {
    const broken = response.status() >= 500 || (response.status() >= 400 && response.url().includes('/assets/'))
    if (broken) faults.push(`answer ${response.status()}: ${response.url()}`)
  })
  return context.newPage()
}

// shot looks at the page at both sizes, and keeps a picture of each if E2E_SHOTS names a folder for them.
export async function shot(page, name, faults) {
  const before = page.viewportSize()
  for (const size of sizes) {
    await page.setViewportSize(size)
    let wide // a chart follows its frame a moment later
    for (let asked = 0; asked < 20 && (wide = await width(page)) > 0; asked++) await page.waitForTimeout(100)
    if (wide > 0) faults.push(`${name} is ${wide} px wider than a screen of ${size.width}`)
    if (process.env.E2E_SHOTS) {
      await page.waitForLoadState('networkidle')
      if (await page.locator('[data-chart]').count()) await page.waitForTimeout(400) // charts grow for 300 ms
      await page.screenshot({ path: join(process.env.E2E_SHOTS,
        `${name}-${size.width}x${size.height}.png`), fullPage: true })
    }
  }
  await page.setViewportSize(before)
}

const width = page =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

// lastSeen tells of every open page of a scenario that failed what it says, and where its picture is if one could be
// taken.
export function lastSeen(browser, name) {
  const pages = browser.contexts().flatMap(context => context.pages())
  return Promise.all(pages.map(async (page, i) => {
    const path = join(tmpdir(), `yipanqi-e2e-${name}-${i + 1}.png`)
    const picture = page.screenshot({ path, timeout: 5000 }).then(() => path, error => `no picture: ${error.message}`)
    const text = page.locator('body').innerText({ timeout: 5000 }).catch(error => `no text: ${error.message}`)
    return `last seen ${page.url()}\n${await picture}\n${(await text).slice(0, 400)}`
  }))
}

export async function signIn(page, app, login) {
  await page.goto('/signin')
  await page.fill('input[name=name]', login)
  await page.fill('input[name=password]', app.password())
  await page.click('main button[type=submit]')
  await page.waitForURL(url => url.pathname !== '/signin')
}
