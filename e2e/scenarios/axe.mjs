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
  const pattern = path => patterns.find(p => p.matches.test(path.split('?')[0]))?.path
  const seen = new Set(), faults = []

  async function look(login, { make, more }) {
    const page = await user()
    if (login !== 'nobody') await signIn(page, login)
    const fixed = patterns.map(p => p.path).filter(path => !path.includes('{'))
    const own = new Set(), tried = new Set()
    const queue = [...await make(page, press), '/', ...fixed, ...more]
    while (queue.length) {
      const path = queue.shift()
      const key = more.includes(path) ? path : pattern(path)
      if (!key || own.has(key) || tried.has(path)) continue
      tried.add(path)
      const answer = await page.goto(path)
      if (!answer.headers()['content-type'].startsWith(html)) continue
      const here = more.includes(path) ? path : pattern(new URL(page.url()).pathname) // who is led elsewhere is there
      const is = answer.ok() ? here : `refusal ${answer.status()}` // one is as another
      if (own.has(is)) continue
      own.add(is)
      seen.add(is)
      await page.evaluate(axe)
      for (const size of sizes) {
        await page.setViewportSize(size)
        for (const found of await page.evaluate(violations)) faults.push(`${login} ${path} ${size.width}: ${found}`)
      }
      queue.push(...await page.locator('a[href^="/"]').evaluateAll(links => links.map(a => a.getAttribute('href'))))
    }
  }

  const waiting = Object.entries(users)
  const work = async () => {
    for (let next; (next = waiting.shift());) await look(...next)
  }
  await Promise.all([work(), work()])
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

// violations runs in the page, with all that is folded open.
async function violations() {
  document.querySelectorAll('main details').forEach(d => { d.open = true })
  const { violations } = await window.axe.run(document, { resultTypes: ['violations'] })
  return violations.flatMap(v => v.nodes.map(node => `${v.id} (${v.impact}) ${node.target.join(' ')}\n      ` +
    node.html.slice(0, 160) + '\n      ' + node.failureSummary.split('\n').slice(1).join('; ')))
}
