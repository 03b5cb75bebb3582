// Every page of the route table, as office, statistician, the three administrators and nobody, at both sizes: axe-core
// finds nothing to mend.
// Pages with names or numbers in their address are reached by the links of other pages, as a user reaches them.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../app.mjs'

const sizes = [{ width: 1440, height: 900 }, { width: 390, height: 844 }]
const html = 'text/html'

// The question about a workbook's old numbers needs Excel in between; its table and buttons are those of other pages.
const apart = '/submissions/{id}/sheet/{digest}'

// What each of them makes first, so that there is a page of it, and addresses that no link leads to.
const users = {
  office: { make: async (page, press) => [await aCheck(page, press)],
    more: ['/nowhere', '/board?plan=nowhere', '/indicators?q=nothing'] },
  'chaoyang-statistician': { make: async (page, press) => [await aReport(page, press)], more: ['/journal'] },
  system: { make: async () => [], more: [] },
  security: { make: async () => [], more: [] },
  audit: { make: async () => [], more: [] },
  nobody: { make: async () => [], more: ['/nowhere'] },
}

export default async function ({ app, user, signIn, expect, press }) {
  const axe = await readFile(join(root, 'web/node_modules/axe-core/axe.min.js'), 'utf8')
  const patterns = await pages(app)
  const seen = new Set(), faults = []
  for (const [login, { make, more }] of Object.entries(users)) {
    const page = await user()
    if (login !== 'nobody') await signIn(page, login)
    const fixed = patterns.map(p => p.path).filter(path => !path.includes('{'))
    const own = new Set(), queue = [...await make(page, press), '/', ...fixed, ...more]
    while (queue.length) {
      const path = queue.shift()
      const known = patterns.find(p => p.matches.test(path.split('?')[0]))
      const key = more.includes(path) ? path : known?.path
      if (!key || own.has(key)) continue
      own.add(key)
      const answer = await page.goto(path)
      if (!answer.headers()['content-type'].startsWith(html)) continue
      if (answer.ok()) seen.add(key)
      for (const size of sizes) {
        await page.setViewportSize(size)
        await page.evaluate(() => document.querySelectorAll('main details').forEach(d => { d.open = true }))
        for (const found of await violations(page, axe)) faults.push(`${login} ${path} ${size.width}: ${found}`)
      }
      queue.push(...await page.locator('a[href^="/"]').evaluateAll(links => links.map(a => a.getAttribute('href'))))
    }
  }
  const missed = patterns.map(p => p.path).filter(path => !seen.has(path) && path !== apart)
  faults.push(...missed.map(path => `no way leads to ${path}`))
  expect(faults.length === 0, `no violations:\n${faults.join('\n')}`)
}

// aCheck has a text checked, and is the address of what came out.
async function aCheck(page, press) {
  await page.goto('/checks')
  await page.fill('textarea[name=text]', '2018年，全市婴儿死亡率为2.01‰，孕产妇死亡率为10.64/10万。')
  await press(page, page.locator('main form button[type=submit]').first())
  await page.waitForURL(/checks\/./)
  return new URL(page.url()).pathname
}

// aReport fills in a form until it can be signed, and is the address where it is.
async function aReport(page, press) {
  await page.goto('/todo')
  await press(page, page.locator('main a.btn-primary').first())
  const cells = page.locator('[data-cell]:not([readonly])')
  for (let i = 0, n = await cells.count(); i < n; i++) await cells.nth(i).fill('10')
  await press(page, '核对并签字')
  await page.waitForURL(/prepare$/)
  return new URL(page.url()).pathname
}

// pages are the addresses of the route table that answer with a page.
async function pages(app) {
  const { paths } = await (await fetch(app.url + '/openapi.json')).json()
  return Object.entries(paths).filter(([, item]) => item.get && html in item.get.responses[200].content)
    .map(([path]) => ({ path, matches: new RegExp('^' + path.replace(/\{[^}]+\}/g, '[^/]+') + '$') }))
}

async function violations(page, axe) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run(document))
  return violations.flatMap(v => v.nodes.map(node => `${v.id} (${v.impact}) ${node.target.join(' ')}\n      ` +
    node.html.slice(0, 160) + '\n      ' + node.failureSummary.split('\n').slice(1).join('; ')))
}
