// Every page of the route table, as office, statistician, liaison, director, an expert, the three administrators and
// nobody, at both sizes: axe-core finds nothing to mend, and none is wider than the screen.
// Pages with names or numbers in their address are reached by the links of other pages, as a user reaches them.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../app.mjs'

// The fictional city has something of every module.
export const sample = 'shifan'

const sizes = [{ width: 1440, height: 900 }, { width: 390, height: 844 }]
const html = 'text/html'

// Pages that nobody gets to here, and why.
const apart = {
  '/submissions/{id}/sheet/{digest}': 'Excel is in between; its table and buttons are those of other pages',
  '/rounds/{id}/edit': 'the round of the sample runs; a draft is seen by `internal/evaluation`, as are its parts',
  '/rounds/{id}/scheme': 'the same',
  '/rounds/{id}/unaccepted': 'all reports of the sample are in; it is a list as any other',
  '/visits/{id}/edit': 'all visits of the sample were made; the form is that of a new one',
  '/findings/{id}/edit': 'all findings of the sample were confirmed; the form is that of a new one',
  '/room/{id}': 'who is engaged once finds the same on /room',
  '/room/{id}/documents/{kind}/{of}': 'the one text that the expert reads opens on its own page',
  '/meetings/{id}/admit': 'people are put down while a meeting is held; none is on that day',
  '/arrive/{id}/{code}': 'a code is shown from an hour before a meeting whose notice was signed; none is on that day',
}

// Rules whose answer depends on how a page is laid out. On a phone the rest are asked of each user's first page, which
// has all that only phones show: the menu, the folded search.
const laid = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size', 'label',
  'button-name', 'link-name', 'aria-hidden-focus']

// What a page is meant to do though axe-core advises against it.
const meant = {}

// What each of them makes first, so that there is a page of it, and addresses that no link leads to. `only` is who
// looks at nothing but these, `rest` who looks at home and at what nobody before looked at: their other pages are
// those of somebody else.
const users = {
  office: { make: async (page, press) =>
    [...await work(page), ...await anObjection(page), await anEdition(page, press), await aCheck(page, press),
      ...await aScan(page)],
    more: ['/nowhere', '/board?plan=nowhere', '/indicators?q=nothing'] },
  'sport-statistician': { make: aReport, more: ['/journal'] },
  'sport-liaison': { make: asked, more: ['/inbox'], only: true },
  director: { make: async () => [], more: ['/instructions/desk'], only: true },
  'education-leader': { make: async () => [], more: ['/submissions/signing'], only: true },
  'expert-a': { make: async () => [], more: [], rest: true },
  system: { make: async () => [], more: [], rest: true },
  security: { make: async () => [], more: [], rest: true },
  audit: { make: async () => [], more: [], rest: true },
  nobody: { make: async () => [], more: ['/nowhere'], rest: true },
}

export default async function ({ app, user, signIn, expect, press }) {
  const axe = await readFile(join(root, 'web/node_modules/axe-core/axe.min.js'), 'utf8')
  const { patterns, others } = await pages(app)
  const pattern = path => others.has(path.split('?')[0]) ? undefined
    : patterns.find(p => p.matches.test(path.split('?')[0]))?.path
  const seen = new Set(), faults = []

  async function look(login, { make, more, only, rest }) {
    const page = await user()
    if (login !== 'nobody') await signIn(page, login)
    const fixed = only ? [] : ['/', ...patterns.map(p => p.path).filter(path => !path.includes('{'))]
    const own = new Set(), tried = new Set()
    const queue = [...await make(page, press), ...fixed, ...more]
    if (login === 'office') made()
    while (queue.length) {
      const path = queue.shift()
      const key = more.includes(path) ? path : pattern(path)
      if (!key || own.has(key) || tried.has(path) || (rest && path !== '/' && seen.has(key))) continue
      tried.add(path)
      const answer = await page.goto(path)
      if (!answer.headers()['content-type'].startsWith(html)) continue
      const here = more.includes(path) ? path : pattern(new URL(page.url()).pathname) // who is led elsewhere is there
      const is = answer.ok() ? here : `refusal ${answer.status()}` // one is as another
      if (own.has(is)) continue
      own.add(is)
      seen.add(is)
      await page.evaluate(axe)
      const first = own.size === 1
      for (const size of sizes) {
        await page.setViewportSize(size)
        const rules = size.width < 768 && !first ? laid : []
        const wide = await page.evaluate(() =>
          document.documentElement.scrollWidth - document.documentElement.clientWidth)
        if (wide > 0) faults.push(`${login} ${path} is ${wide} px wider than a screen of ${size.width}`)
        const found = await page.evaluate(violations, { meant: meant[here] ?? [], rules })
        faults.push(...found.map(one => `${login} ${path} ${size.width}: ${one}`))
      }
      if (only) continue
      queue.push(...await page.locator('a[href^="/"]').evaluateAll(links => links.map(a => a.getAttribute('href'))))
    }
  }

  let made
  const ready = new Promise(done => { made = done })
  const waiting = Object.entries(users)
  const one = async () => {
    for (let next; (next = waiting.shift());) await look(...next)
  }
  const office = look(...waiting.shift())
  await Promise.race([ready, office])
  await Promise.all([office.then(one), one()])
  const missed = patterns.map(p => p.path).filter(path => !seen.has(path) && !apart[path])
  faults.push(...missed.map(path => `no way leads to ${path}`))
  expect(faults.length === 0, `no violations:\n${faults.join('\n')}`)
}

// anObjection is where the one district's objection is, which only the page of its own letter leads to.
async function anObjection(page) {
  await page.goto('/supervision')
  const hrefs = links => links.map(a => a.getAttribute('href'))
  for (const letter of await page.locator('a[href^="/feedbacks/"]').evaluateAll(hrefs)) {
    await page.goto(letter)
    const found = await page.locator('a[href^="/objections/"]').evaluateAll(hrefs)
    if (found.length) return found
  }
  return []
}

// aScan is the report whose scan waits for the office, and the sheet that was signed.
async function aScan(page) {
  const answer = await page.request.get('/submissions?state=scanned', { headers: { accept: 'application/json' } })
  const { submissions: [waits] } = await answer.json()
  return [`/submissions/${waits.id}`, `/submissions/${waits.id}/paper`]
}

// anEdition uploads a form's own file, and is the address where it is looked at before it is published.
async function anEdition(page, press) {
  const file = await page.request.get('/forms/D-W/file?as=yaml')
  await page.goto('/editions/new')
  await page.setInputFiles('input[name=file]', { name: 'D-W.yaml', mimeType: 'application/yaml',
    buffer: await file.body() })
  await press(page, '上传并预览')
  await page.waitForURL(/editions\/[0-9a-f]/)
  return new URL(page.url()).pathname
}

// aCheck has a text checked, and is the address of what came out.
async function aCheck(page, press) {
  await page.goto('/checks')
  await page.fill('textarea[name=text]', '2018年，全市婴儿死亡率为2.01‰，孕产妇死亡率为10.64/10万。')
  await press(page, page.locator('main form button[type=submit]').first())
  await page.waitForURL(/checks\/./)
  return new URL(page.url()).pathname
}

// aReport is the address where the form that waits is checked before it is signed.
async function aReport(page) {
  await page.goto('/todo')
  return [await page.locator('main a.btn-primary[href^="/submissions/"]').first().getAttribute('href') + '/prepare']
}

// asked are the addresses where a unit answers what the office asked it.
async function asked(page) {
  const addresses = []
  for (const [list, kind] of [['/requests', '/answers/'], ['/opinions', '/opinions/'], ['/meetings', '/meetings/']]) {
    await page.goto(list)
    const hrefs = await page.locator(`main a[href^="${kind}"]`)
      .evaluateAll(links => links.map(a => a.getAttribute('href')))
    addresses.push(...hrefs)
    if (kind === '/meetings/') addresses.push(...hrefs.map(href => href + '/reply'))
  }
  return addresses
}

// work is the addresses of what the office makes: one of every kind that the sample has none of in that state.
async function work(page) {
  const headers = { accept: 'application/json' }
  const send = async (path, data) => {
    const answer = await page.request.post(path, { data, headers })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
    return answer.json()
  }
  const { reviewers } = await (await page.request.get('/requests/new', { headers })).json()
  const request = { kind: 'material', title: '征集材料（模拟）', basis: '工作安排（模拟）', unit: ['SF-SPO'],
    due: '2024-03-29', reviewer: reviewers[0].code, sign_rule: 'none',
    q: { '1.text': '请说明情况（模拟）', '1.kind': 'text' } }
  const draft = await send('/requests', request)
  const sent = await send('/requests', { ...request, title: '征集情况（模拟）' })
  await send(`/requests/${sent.id}/send`, { version: sent.version })
  const text = await send('/opinions', { title: '工作办法（模拟）', unit: ['SF-SPO'], due: '2024-03-29',
    text: '第一段。\n第二段。' })
  const letter = await send('/letters', { issuer: 'SF-WCCO', kind: 'notice', title: '关于报送材料的通知（模拟）',
    main: ['SF-SPO'], body: '请按时报送。', disclosure: 'open', urgency: 'normal' })
  const issue = await send('/issues', { title: '场地不足（模拟）', relief: '场地够用（模拟）', why: ['land_staff'],
    why_text: '场地和人手不足（模拟）', lead: 'SF-SPO', supporting: ['SF-EDU'], indicators: [] })
  const meeting = await send('/meetings', { version: 0, title: '联席会议（模拟）', kind: 'joint_conference',
    host: 'SF-WCCO', starts: '2024-04-10 09:00', ends: '2024-04-10 11:00', form: 'room', place: '会议室（模拟）',
    chair_unit: 'SF-WCC', chair_role: 'committee_leader', scope: '各受邀单位（模拟）', reply_by: '2024-04-05' })
  const item = await send(`/meetings/${meeting.id}/agenda`, { title: '交流（模拟）', kind: 'exchange',
    speaker_unit: 'SF-SPO', minutes: 60 })
  await send(`/meetings/${meeting.id}/invite`, { units: ['SF-SPO', 'SF-EDU'], capacity: 'attend',
    level: 'deputy', seats: 1 })
  const matter = await send('/matters', { title: '公示不全（模拟）', problem: '公示不全。（模拟）', draft: true,
    source: 'review', source_on: '2024-03-01', quote: '请补齐。（模拟）', lead: 'SF-SPO',
    no_indicator: '没有对应指标（模拟）',
    aim: '补齐公示。（模拟）', items: { '1.unit': 'SF-SPO', '1.text': '补齐公示（模拟）', '1.due': '2024-04-30' } })
  const own = await send('/matters', { title: '台账不齐（模拟）', problem: '台账不齐。（模拟）', source: 'review',
    source_on: '2024-03-01', quote: '请补齐。（模拟）', lead: 'SF-WCCO', no_indicator: '没有对应指标（模拟）',
    aim: '补齐台账。（模拟）', items: { '1.unit': 'SF-WCCO', '1.text': '补齐台账（模拟）', '1.due': '2024-04-30' } })
  const plan = await send('/rectifications', { matter: own.id, unit: 'SF-WCCO' })
  const closing = await send('/registers/publicity_item/closings', { period: '2023', area: '990100' })
  const { records } = await (await page.request.get('/registers/child_home/records', { headers })).json()
  const { faults } = await (await page.request.get('/faults', { headers })).json()
  const drafted = await send('/registers/publicity_item/records', { value: { item_title: '一场宣传（模拟）' } })
  const { meetings } = await (await page.request.get('/meetings', { headers })).json()
  const held = meetings.find(m => m.state === 'held').id
  const changed = await send('/revisions', { title: '一次修订（模拟）', plan: 'SF-C21', reason: '口径要对齐（模拟）' })
  const kept = async (path, key) => (await (await page.request.get(path, { headers })).json())[key][0].id
  const nothing = await kept('/no-data', 'records'), linked = await kept('/indicator-links', 'links')
  const year = await kept('/cycles', 'cycles')
  return [`/cycles/${year}`, `/cycles/${year}/edit`,
    `/revisions/${changed.id}`, `/revisions/${changed.id}/edit`, `/no-data/${nothing}`,
    `/no-data/${nothing}/open`,
    `/revisions/${changed.id}/proposal?action=merge&indicator=C-EDU-001`, `/indicator-links/${linked}`,
    `/indicator-links/${linked}/edit`, `/sex-duties/${await kept('/sex-duties', 'duties')}`,
    ...['list', 'admit', 'screen', 'minutes', 'decision'].map(step => `/meetings/${held}/${step}`),
    `/requests/${draft.id}/edit`, `/requests/${sent.id}`, `/opinions/${text.id}`, `/letters/${letter.id}/edit`,
    `/issues/${issue.id}`, `/issues/${issue.id}/edit`, `/matters/${matter.id}/edit`,
    `/rectifications/${plan.id}/edit`, `/rectifications/new?matter=${own.id}`, `/meetings/${meeting.id}/edit`,
    `/agenda/${item.id}`, `/registers/publicity_item/closings/${closing.id}`, '/registers/publicity_item/import',
    `/registers/publicity_item/closings/${closing.id}/records`, '/registers/child_home/map', '/referrals', '/faults',
    `/faults/${faults[0].id}`, '/directory', '/directory/public_toilet/SF-GC-001', '/directory/faults',
    `/registers/child_home/records/${records[0].id}`, `/registers/publicity_item/records/${drafted.id}/edit`,
    '/registers/publicity_item/records/new', '/registers/child_home/measures', '/registers/child_home',
    '/registers?unit=SF-EDU',
    ...['agenda', 'invite', 'notify', 'change'].map(step => `/meetings/${meeting.id}/${step}`)]
}

// pages are the addresses of the route table that answer with a page, and others those that answer with a file.
async function pages(app) {
  const { paths } = await (await fetch(app.url + '/openapi.json')).json()
  const isPage = item => item.get && html in item.get.responses[200].content
  const all = Object.entries(paths)
  return { others: new Set(all.filter(([, item]) => !isPage(item)).map(([path]) => path)),
    patterns: all.filter(([, item]) => isPage(item))
      .map(([path]) => ({ path, matches: new RegExp('^' + path.replace(/\{[^}]+\}/g, '[^/]+') + '$') })) }
}

// violations runs in the page, with all that is folded open.
async function violations({ meant, rules }) {
  document.querySelectorAll('main details').forEach(d => { d.open = true })
  const but = Object.fromEntries(meant.map(rule => [rule, { enabled: false }]))
  const runOnly = rules.length ? { type: 'rule', values: rules } : undefined
  const { violations } = await window.axe.run(document, { resultTypes: ['violations'], rules: but, runOnly })
  return violations.flatMap(v => v.nodes.map(node => `${v.id} (${v.impact}) ${node.target.join(' ')}\n      ` +
    node.html.slice(0, 160) + '\n      ' + node.failureSummary.split('\n').slice(1).join('; ')))
}
