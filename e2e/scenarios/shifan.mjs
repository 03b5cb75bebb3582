// The fictional city: a form that came back is mended, signed twice, accepted and amended by keyboard alone; its pages
// fit every screen in both languages; its main pages are gone through by keyboard too; and its day is moved on without
// anybody being signed out.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../app.mjs'
import { faultsByKeyboard } from '../keyboard.mjs'
import { reportByKeyboard } from '../report.mjs'

export const sample = 'shifan'

const pages = ['/board', '/board?plan=SF-C21', '/plans', '/plans/SF-W21', '/tags', '/tags/SF-4',
  '/burden?year=2024', '/burden/SF-HEA?year=2024', '/indicators', '/indicators/W-EDU-001', '/indicators/W-HEA-003',
  '/indicators/W-DEC-003', '/units', '/units/SF-HRS', '/areas/990100', '/areas/990105',
  '/areas/990105003', '/todo', '/submissions', '/forms/D-W', '/reports/annual?year=2023', '/parameters',
  '/proof?indicator=W-ECO-001&area=990100&period=2023']

// Pages that are gone through by keyboard alone, beside the grid and the page of a signature.
const byKeyboard = ['/board', '/todo', '/items', '/letters', '/matters/new', '/meetings', '/plans/SF-W21',
  '/indicators/W-EDU-001']

async function clipboard() {
  const text = await readFile(join(root, 'samples/shifan/todo/中湖区儿童综合表.csv'), 'utf8')
  return text.trim().split(/\r?\n/).slice(1).map(line => line.replaceAll(',', '\t')).join('\r\n') + '\r\n'
}

export default async function ({ app, becomes, user, signIn, shot, expect, press, says, until }) {
  const keys = async page => {
    const faults = await faultsByKeyboard(page)
    expect(faults.length === 0, `all of it by keyboard:\n${faults.join('\n')}`)
  }
  const office = await user()
  await signIn(office, 'office')
  await office.goto('/board?plan=SF-C21')
  await says(office, '演示城市今天是2024-03-15', 'body')
  await says(office, '5个区中4个已报')
  await office.goto('/inbox')
  await says(office, '母婴室标识设置的建议（模拟）')
  for (const [i, path] of pages.entries()) {
    await office.goto(path)
    await shot(office, `shifan-${i}`)
  }

  for (const path of byKeyboard) {
    await office.goto(path)
    await keys(office)
  }

  const liaison = await user()
  await signIn(liaison, 'labour-liaison')
  await liaison.goto('/requests')
  await press(liaison, liaison.locator('main a[href^="/requests/0"]').first())
  await press(liaison, liaison.locator('main a[href^="/answers/"]').first())
  const answer = () => liaison.locator('textarea[name="text[1]"]')
  await answer().fill('边写边存的一句话。（模拟）')
  await liaison.waitForFunction(() => document.querySelector('[data-grid-state]').textContent === '已暂存')
  await liaison.reload()
  await becomes(() => answer().inputValue(), '边写边存的一句话。（模拟）', 'an answer that is saved while it is written')
  await shot(liaison, 'shifan-answer')
  await answer().fill('刚写完就提交的一句话。（模拟）')
  await press(liaison, '提交答复')
  await says(liaison, '刚写完就提交的一句话。（模拟）')

  await reportByKeyboard({ app, becomes, expect, shot, says, user }, await clipboard())
  const leader = await user()
  await signIn(leader, 'zhonghu-leader')
  await office.goto('/indicators/C-ENV-001')
  await says(office, '5个区中5个已报')
  await shot(office, 'shifan-complete')

  // three series of simulated figures still differ by their marks, in grey too
  await office.goto('/indicators/W-HEA-001?area=990100')
  await becomes(() => office.locator('figure.chart svg path[fill="#fff"]').evaluateAll(
    all => new Set(all.map(e => e.getAttribute('d'))).size), 3, 'shapes of marks in a chart')
  // on a phone the legend takes several lines, and what is drawn begins below them
  await office.setViewportSize({ width: 390, height: 844 })
  await office.goto('/indicators/W-EDU-001?area=990100')
  await until(() => office.locator('figure.chart svg text').evaluateAll(all => {
    const top = words => Math.max(...all.filter(e => e.textContent.includes(words))
      .map(e => e.getBoundingClientRect().top))
    return top('50%') > top('女（') - 20 && top('定义有变') > top('50%') + 8 // NaN where one is not drawn yet
  }), 'the break of the series to be named below the legend')
  await office.setViewportSize({ width: 1440, height: 900 })
  await office.goto('/indicators/C-ENV-001')

  await press(office, '下一天')
  await says(office, '演示城市今天是2024-03-16', 'body')
  expect(new URL(office.url()).pathname === '/indicators/C-ENV-001', 'to be on the same page a day later')
  await leader.goto('/todo')
  await says(leader, '演示城市今天是2024-03-16', 'body')
  for (let day = 17; day <= 21; day++) await press(leader, '下一天')
  await says(leader, '演示城市今天是2024-03-21', 'body')
  await office.goto('/todo')
  await says(office, '演示城市今天是2024-03-21', 'body')

  await press(office, 'English')
  for (const [i, path] of pages.entries()) {
    await office.goto(path)
    await shot(office, `shifan-en-${i}`)
  }
  await says(office, 'In the sample city it is 2024-03-21', 'body')
}
