// Takes the pictures of the manual and the README from the fictional city, where trouble may play: all of
// docs/pictures/*.webp, of one size, the banner 演示数据 in each. It checks nothing else: scenarios do.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root, startApp } from './app.mjs'
import { launch, signIn, user } from './browser.mjs'
import { press } from './wait.mjs'

const folder = join(root, 'docs/pictures')
const size = { width: 1200, height: 800 }
const limit = 1.5e6
let total = 0

// picture keeps what is in the window, scrolled to the top, in WebP: a third of PNG's bytes.
async function picture(page, name) {
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(400) // charts grow for 300 ms
  await page.evaluate(() => scrollTo(0, 0))
  if (!(await page.locator('body').innerText()).includes('演示数据')) throw new Error(`${name} does not say 演示数据`)
  const client = await page.context().newCDPSession(page)
  const { data } = await client.send('Page.captureScreenshot', { format: 'webp', quality: 72 })
  await client.detach()
  const bytes = Buffer.from(data, 'base64')
  total += bytes.length
  await writeFile(join(folder, name + '.webp'), bytes)
}

// numbers are those of the sample's form that came back: the block that a person copies out of a workbook.
async function numbers() {
  const todo = join(root, 'samples/shifan/todo')
  const file = (await readdir(todo)).find(name => name.endsWith('.csv'))
  const rows = (await readFile(join(todo, file), 'utf8')).trim().split(/\r?\n/).map(line => line.split(','))
  return rows.slice(1).map(row => row.join('\t')).join('\r\n')
}

const paste = (input, text) => input.evaluate((element, text) => {
  element.focus()
  const data = new DataTransfer()
  data.setData('text/plain', text)
  element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}, text)

async function take(app, browser) {
  const faults = []
  const open = async login => {
    const page = await user(browser, app, faults)
    await page.setViewportSize(size)
    if (login) await signIn(page, app, login)
    return page
  }
  const show = async (page, path, name) => {
    await page.goto(path)
    await picture(page, name)
  }

  const guest = await open()
  await show(guest, '/signin', 'signin')

  const statistician = await open('zhonghu-statistician')
  await show(statistician, '/todo', 'todo')
  await press(statistician, statistician.locator('main a.btn-primary').first())
  const first = statistician.locator('[data-cell]').first()
  await first.fill('一千')
  await press(statistician, '保存')
  await picture(statistician, 'refused')
  await paste(first, await numbers())
  await statistician.waitForFunction(() => document.querySelector('[data-grid-state]').textContent.includes('已暂存'))
  await picture(statistician, 'entry')
  await press(statistician, '核对并签字')
  await statistician.waitForURL(/prepare$/)
  await picture(statistician, 'prepare')
  await statistician.fill('input[name=phrase]', app.phrase())
  await press(statistician, '我已核对，签字')
  await statistician.waitForURL(/submissions\/[^/]+$/)
  const form = statistician.url()

  const leader = await open('zhonghu-leader')
  await show(leader, form, 'sign')
  await leader.fill('input[name=phrase]', app.phrase())
  await press(leader, '我已核对，签字')

  const office = await open('office')
  await show(office, form, 'accept')
  await press(office, '审核通过')
  await show(office, '/board', 'board')
  await show(office, '/indicators/W-EDU-001', 'indicator')
  await show(office, '/proof?indicator=C-ENV-001&area=990100&period=2023', 'proof')
  await show(office, form + '/receipt', 'receipt')
  const [download] = await Promise.all([office.waitForEvent('download'),
    office.getByRole('link', { name: '下载回执文件' }).click()])
  await guest.goto('/receipt')
  await guest.setInputFiles('input[type=file]', await download.path())
  await press(guest, guest.locator('main button[type=submit], main form button').last())
  await picture(guest, 'receipt-check')

  await office.goto('/checks')
  await office.fill('main textarea', '2023年，示范市学前教育毛入园率为93.4%，儿童之家覆盖率达到91.1%；继续教育参与率为44.1%，比上年提高2.4个百分点。')
  await office.getByRole('button', { name: '开始核对' }).click()
  await office.waitForURL(/checks\/[^/]+$/)
  await picture(office, 'check')
  await show(office, '/reports/annual?year=2023', 'report')

  await show(await open('system'), '/users', 'users')
  await show(await open('audit'), '/journal', 'journal')
  if (faults.length) throw new Error(faults.join('\n'))
}

await mkdir(folder, { recursive: true })
const app = await startApp('shifan')
const browser = await launch()
try {
  await take(app, browser)
} finally {
  await browser.close()
  await app.stop()
}
console.log(`docs/pictures: ${Math.round(total / 1000)} kB`)
if (total > limit) throw new Error(`the pictures together take more than ${limit / 1e6} MB`)
