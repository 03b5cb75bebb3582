// The main job in a browser: a missing form, pasted from Excel, two signatures, acceptance, and the figure at once.
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../app.mjs'
import { paste } from '../paste.mjs'

// The numbers of the sample's to-do file as Excel puts them on the clipboard: the last two rows, the last two columns.
async function clipboard() {
  const folder = join(root, 'samples/beijing/todo')
  const file = (await readdir(folder)).find(name => name.endsWith('.csv'))
  const rows = (await readFile(join(folder, file), 'utf8')).trim().split(/\r?\n/).map(line => line.split(','))
  return rows.slice(-2).map(row => row.slice(-2).join('\t')).join('\r\n') + '\r\n'
}

export default async function ({ app, user, signIn, shot, becomes, expect, press, says }) {
  const office = await user()
  await signIn(office, 'office')
  await office.goto('/board')
  await says(office, '16个区中15个已报')
  await shot(office, 'board-before')

  const statistician = await user()
  await signIn(statistician, 'chaoyang-statistician')
  await statistician.goto('/todo')
  await says(statistician, '待填')
  await shot(statistician, 'todo')
  await press(statistician, statistician.locator('main a.btn-primary').first())
  const first = statistician.locator('[data-cell]').first()
  await paste(first, '1\t2\t3\n')
  await statistician.locator('[data-grid-message]', { hasText: '只放得下' }).waitFor()
  await becomes(() => first.inputValue(), '', 'a block that is too wide to change nothing')
  await first.fill('一千')
  await press(statistician, '保存')
  await says(statistician, '请用阿拉伯数字')
  await becomes(() => first.inputValue(), '一千', 'what was typed wrong to be kept')
  await paste(first, await clipboard())
  await statistician.waitForFunction(() => document.querySelector('[data-grid-state]').textContent.includes('已暂存'))
  await shot(statistician, 'entry')
  await press(statistician, '核对并签字')
  await statistician.waitForURL(/prepare$/)
  await statistician.fill('input[name=phrase]', 'not my phrase')
  await press(statistician, '我已核对，签字')
  await says(statistician, '签名口令不正确')
  await statistician.fill('input[name=phrase]', app.phrase())
  await shot(statistician, 'prepare')
  await press(statistician, '我已核对，签字')
  await statistician.waitForURL(/submissions\/[^/]+$/)
  await says(statistician, '签名有效')

  const leader = await user()
  await signIn(leader, 'chaoyang-leader')
  await leader.goto(statistician.url())
  await shot(leader, 'signing')
  await leader.fill('input[name=phrase]', app.phrase())
  await press(leader, '我已核对，签字')
  await says(leader, '待审核')
  await shot(leader, 'signed')

  await office.goto(statistician.url())
  await shot(office, 'acceptance')
  await press(office, '审核通过')
  await office.goto('/board')
  await says(office, '16.50')
  await shot(office, 'board')
  await office.goto('/indicators/W-HEA-007')
  await says(office, '16.50')
  await says(office, '比2017年提高3.74个百分点')
  await says(office, '等于已公布的16.5%')
  await shot(office, 'indicator')
  await office.goto('/areas/110000')
  await says(office, '16.50')
  await shot(office, 'area')

  await office.goto('/proof?indicator=W-HEA-007&area=110000&period=2018')
  await says(office, '16.50')
  await says(office, '朝阳区')
  await shot(office, 'proof')
  await office.goto(statistician.url() + '/receipt')
  await says(office, '演示签名')
  await shot(office, 'receipt')
  const sheets = (await office.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)
  expect(sheets?.length === 1, `the receipt to print on one sheet, not on ${sheets?.length}`)
  // so do 300 cells and the longest names, in whatever rows they stand (receipt_lines.go has the classes)
  for (const [rows, values, look] of [[100, 3, 'receipt-small'], [40, 7, 'receipt-1 receipt-small'],
    [150, 2, 'receipt-4 receipt-small'], [300, 1, 'receipt-5 receipt-small']]) {
    await office.evaluate(([rows, values, look]) => {
      const long = '义务教育阶段在校学生中接受过安全教育的残疾儿童少年人数（含送教上门）'
      const body = document.querySelector('.receipt tbody')
      document.querySelector('.receipt').className = 'card receipt receipt-close ' + look
      while (body.rows.length < rows) body.append(body.rows[0].cloneNode(true))
      while (body.rows.length > rows) body.deleteRow(-1)
      for (const row of body.rows) {
        row.cells[1].textContent = long
        row.cells[2].replaceChildren(...Array.from({ length: values }, () =>
          Object.assign(document.createElement('span'), { className: 'receipt-value', textContent: '男 1234567' })))
      }
      const names = document.querySelectorAll('.signature-name, .signature-post, .receipt h2')
      names.forEach(e => { e.textContent = long + long })
    }, [rows, values, look])
    const sheets = (await office.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)
    expect(sheets?.length === 1, `${rows} lines of ${values} to print on one sheet, not on ${sheets?.length}`)
  }

  await office.goto('/reports/annual?year=2018')
  await says(office, '3.74个百分点')
  await shot(office, 'report')
  const [download] = await Promise.all([office.waitForEvent('download'),
    office.getByRole('link', { name: '下载 Word 文件' }).click()])
  expect(download.suggestedFilename().endsWith('.docx'), 'the report to be saved as .docx')

  for (const [name, path] of [['plans', '/plans'], ['plan', '/plans/BJ-W13'], ['unit', '/units/BJ-WJW'],
    ['units', '/units'], ['indicators', '/indicators'],
    ['submissions', '/submissions'], ['form', '/forms/PME'], ['parameters', '/parameters'],
      ['holidays', '/holidays?year=2019'], ['profile', '/profile'], ['published', null]]) {
    if (path) await office.goto(path)
    else {
      await office.goto('/indicators/C-HEA-001')
      await press(office, office.locator('main a[href^="/published/"]').first())
    }
    await shot(office, name)
  }
}
