// The entry grid by itself, on a page of three rows and two columns with a hole: keys, pasting, undo, saving, leaving.
import { paste as pasteInto } from '../paste.mjs'

const words = {
  saved: '已暂存', wrong: '已暂存，{n}处有误', unsaved: '未保存', saving: '正在保存', failed: '没有存上',
  'signed-out': '登录已过期', held: '别人也改过', conflict: '已存{saved}，您填{mine}', choose: '用{value}',
  restored: '找回{n}处', selected: '已选{n}格', pasted: '粘贴了{n}格',
  'too-wide': '有{have}列，只放得下{fit}列', 'too-tall': '有{have}行，只放得下{fit}行',
  'no-cell': '第{row}行第{col}列“{value}”不能填',
}
const cell = (key, value = '', more = '') => `<td class="cell"><input type="hidden" name="was[${key}]" value="${value}">
  <input data-cell="${key}" name="cells[${key}]" value="${value}" aria-label="${key}" ${more}></td>`

function markup(assets) {
  return `<!doctype html><html lang="zh-CN"><head><title>grid</title>${assets}</head><body data-failed="失败">
    <form id="grid" method="post" action="/grid/save" data-grid data-save="/grid/draft" data-edition="5">
    <input type="hidden" name="version" value="3">
    <div data-grid-bar ${Object.entries(words).map(([k, v]) => `data-${k}="${v}"`).join(' ')}>
    <span data-grid-state></span><span data-grid-message hidden></span>
    <button type="button" data-grid-wrong hidden>到第一处</button>
    <button type="button" data-grid-undo hidden>撤销</button></div>
    <table><tr>${cell('1.M', '7')}${cell('1.F')}</tr>
    <tr>${cell('2.M')}${cell('2.F', '10', 'data-saved="9" class="is-invalid"')}
    <td id="e-2.F">请改</td></tr>
    <tr>${cell('3.M')}<td></td></tr></table><button>保存</button></form>
    <form id="sign" method="post" action="/grid/sign">
    <input type="hidden" name="version" value="3"><button>签字</button></form></body></html>`
}

const copied = page => page.evaluate(() => {
  const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true })
  document.activeElement.dispatchEvent(event)
  return event.clipboardData.getData('text/plain')
})

export default async function ({ user, becomes, expect, until }) {
  const page = await user()
  await page.goto('/signin')
  const assets = await page.evaluate(() => [...document.querySelectorAll(
    'link[rel=stylesheet], script[src]')].map(e => e.outerHTML).join(''))
  const policy = { 'content-security-policy': "default-src 'self'", 'content-type': 'text/html; charset=utf-8' }
  const drafts = [], answers = []
  await page.route('**/grid', route => route.fulfill({ headers: policy, body: markup(assets) }))
  await page.route('**/grid/draft', async route => {
    drafts.push(new URLSearchParams(route.request().postData()))
    const { status = 200, ...body } = answers.shift() ?? { version: 3 + drafts.length }
    await route.fulfill(status ? { status, json: body } : { body: 'the answer of some proxy' })
  })
  const posted = []
  for (const name of ['save', 'sign']) {
    await page.route('**/grid/' + name, route => {
      posted.push([name, new URLSearchParams(route.request().postData()).get('version')])
      return route.fulfill({ headers: policy, body: '<!doctype html><title>done</title>' })
    })
  }

  const at = key => page.locator(`[data-cell="${key}"]`)
  const state = page.locator('[data-grid-state]'), message = page.locator('[data-grid-message]')
  const values = () => page.locator('[data-cell]').evaluateAll(all => all.map(e => e.value).join('|'))
  const focused = () => page.evaluate(() => document.activeElement.dataset.cell)
  const open = async () => { await page.goto('/grid'); await page.locator('form[data-mounted]').waitFor() }
  const paste = (key, text) => pasteInto(at(key), text)
  const settled = () => page.waitForFunction(
    word => document.querySelector('[data-grid-state]').textContent === word, words.saved)

  await open()
  await becomes(() => state.textContent(), words.unsaved, 'a refused form to say that what was typed is not saved')
  await becomes(() => at('2.F').getAttribute('class'), 'is-invalid is-changed', 'the typed cell marked')
  await becomes(() => page.locator('.is-changed').count(), 1, 'cells marked')

  await at('1.M').focus()
  for (const [key, want] of [['ArrowDown', '2.M'], ['Enter', '3.M'], ['ArrowRight', '3.M'],
    ['Shift+Enter', '2.M'], ['ArrowRight', '2.F'],
    ['ArrowDown', '2.F'], ['ArrowUp', '1.F'], ['ArrowLeft', '1.M'], ['Tab', '1.F'], ['Shift+Tab', '1.M'],
    ['Tab', '1.F'], ['Enter', '2.M'], ['Control+End', '3.M'], ['Control+Home', '1.M'], ['End', '1.F'],
    ['Home', '1.M'], ['Control+ArrowDown', '3.M'], ['Control+ArrowUp', '1.M']]) {
    await page.keyboard.press(key)
    await becomes(focused, want, `${key} to lead on`)
  }
  await page.keyboard.type('88')
  await page.keyboard.press('Escape')
  await becomes(() => at('1.M').inputValue(), '7', 'Escape to bring back what was there')

  await page.keyboard.press('F2')
  await page.keyboard.type('55')
  await page.keyboard.press('ArrowLeft')
  await becomes(focused, '1.M', 'F2 to give the arrows to the text')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+z')
  await becomes(focused, '1.M', 'the cell that is undone')
  await becomes(() => at('1.M').inputValue(), '7', 'a typed cell to be undone')

  const chosen = () => page.locator('.is-selected').count()
  await at('1.F').fill('3')
  await at('1.M').focus()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  await becomes(chosen, 4, 'chosen cells')
  await becomes(() => message.textContent(), '已选4格', 'their number')
  await becomes(() => copied(page), '7\t3\r\n\t10', 'the block as tabs and lines')
  await page.keyboard.press('Control+d')
  await becomes(values, '7|3|7|3|', 'the top row filled down')
  await page.keyboard.press('Delete')
  await becomes(values, '||||', 'the block cleared')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await becomes(values, '7|3||10|', 'two steps undone')
  await page.keyboard.press('Control+y')
  await becomes(values, '7|3|7|3|', 'one done again')
  await page.keyboard.press('Control+z')
  await at('1.M').hover()
  await page.mouse.down()
  await at('2.F').hover()
  await page.mouse.up()
  await becomes(chosen, 4, 'cells chosen by the mouse')
  await at('1.F').fill('')
  await settled()

  const before = await values()
  await paste('1.F', '1\t2\n3\t4\n')
  await becomes(() => message.textContent(), '有2列，只放得下1列', 'why a block is refused')
  await becomes(values, before, 'a block too wide refused whole')
  await paste('2.M', '1\n2\n3\n')
  await becomes(() => message.textContent(), '有3行，只放得下2行', 'why a block is refused')
  await becomes(values, before, 'a block too tall refused whole')
  await paste('1.M', '项目\t男\t女\n甲\t21\t22\n乙\t23\t24\n')
  await becomes(values, '21|22|23|24|', 'a block without its headings')
  await page.keyboard.press('Control+z')
  await paste('2.M', '1\t2\n3\t4\n')
  await becomes(() => message.textContent(), '第2行第2列“4”不能填', 'why a block is refused')
  await becomes(values, before, 'a value for a hole refused')
  await paste('1.M', '1,234\t"5"\r\n6\t7\r\n8\t\r\n')
  await becomes(values, '1,234|5|6|7|8', 'the block pasted as typed')
  await page.locator('#e-2\\.F').waitFor({ state: 'hidden' }) // it was said of what stood there before
  await page.keyboard.press('Control+z')
  await becomes(values, before, 'Ctrl+Z to undo the whole block')
  await paste('1.M', '11\t12\n21\t22\n31\t\n')
  await settled()
  await until(() => drafts.at(-1).get('cells[2.F]') === '22' &&
    drafts.at(-1).get('version') === String(2 + drafts.length), 'the draft saved with the version of the page')
  await becomes(() => page.locator('.is-changed').count(), 0, 'cells marked after saving')

  answers.push({ status: 0 })
  await at('1.M').fill('99')
  await page.getByText(words.failed).waitFor()
  await becomes(() => at('1.M').inputValue(), '99', 'the input kept when saving fails')
  await page.locator('#sign button').click()
  await page.waitForURL('**/grid/sign')
  expect(drafts.at(-1).get('cells[1.M]') === '99', 'the grid saved before another form of the page is sent')
  expect(posted.at(-1).join() === `sign,${3 + drafts.length}`,
    `the other form to name the new version, not ${posted.at(-1)}`)

  await open()
  answers.push({ version: 50, cells: { '1.M': '五', '2.F': '10' }, marks: { 'cells[1.M]': '请用阿拉伯数字' } })
  await at('1.M').fill('五')
  await page.keyboard.press('Tab')
  await page.getByText('已暂存，1处有误').waitFor()
  await becomes(() => page.locator('#e-1\\.M').textContent(), '请用阿拉伯数字', 'a wrong cell marked when it is left')
  await page.getByText('到第一处').click()
  await becomes(focused, '1.M', 'the way to the first wrong cell')

  // a locked cell can be come to and copied; nothing is put into it
  await open()
  await at('2.M').evaluate(input => { input.readOnly = true })
  await at('1.M').focus()
  await page.keyboard.press('ArrowDown')
  await becomes(focused, '2.M', 'the way to a locked cell')
  await page.keyboard.press('Shift+ArrowUp')
  await becomes(() => copied(page), '7\r\n', 'a block with a locked cell copied')
  await page.keyboard.press('Delete')
  await becomes(values, '||' + '|10|', 'what is not locked cleared')
  await at('2.M').focus()
  await page.keyboard.type('5')
  await becomes(() => at('2.M').inputValue(), '', 'nothing typed into a locked cell')

  // what an answer says below a cell does not move the button between press and release
  await open()
  answers.push({ version: 50, cells: { '1.M': '六', '2.F': '10' }, marks: { 'cells[1.M]': '请用阿拉伯数字' } })
  await at('1.M').fill('六')
  const known = drafts.length
  await page.getByRole('button', { name: '保存' }).hover()
  await page.mouse.down()
  await until(() => drafts.length > known, 'the cell saved as it is left')
  await page.waitForTimeout(300)
  await page.mouse.up()
  await page.waitForURL('**/grid/save')

  // somebody else changed 1.M to 8 and 3.M to 30 meanwhile
  await open()
  answers.push({ status: 409, error: '有1格不一样', fields: { 'cells[1.M]': '王某存的是“8”，您填的是“9”。' } },
    { version: 60, cells: { '1.M': '8', '1.F': '2', '2.F': '10', '3.M': '30' } })
  await paste('1.M', '9\t2\n')
  await page.getByText(words.held).waitFor()
  await until(() => drafts.at(-1).get('cells[1.M]') === null && drafts.at(-1).get('cells[1.F]') === '2',
    'the other cells saved, the one in conflict held back')
  await becomes(values, '9|2||10|30', 'both people’s cells')
  await page.getByText('用9').click()
  await settled()
  await until(() => drafts.at(-1).get('was[1.M]') === '8' && drafts.at(-1).get('version') === '60',
    'the choice sent with what it overwrites')

  // a page that could not save finds its texts again
  await open()
  answers.push({ status: 0 })
  await at('2.M').fill('77')
  await page.getByText(words.failed).waitFor()
  page.once('dialog', dialog => dialog.accept())
  await page.goto('/signin')
  await page.goBack()
  await page.locator('form[data-mounted]').waitFor()
  await becomes(() => at('2.M').inputValue(), '77', 'Back to lose nothing')
  await settled()

  // the form was asked otherwise meanwhile: all is sent, also what waits for a choice, and the page is shown anew
  const shownAnew = async (step, words) => {
    await page.evaluate(() => { window.old = true })
    await step()
    await until(() => page.evaluate(() => !window.old), words)
    await page.locator('form[data-mounted]').waitFor()
    await becomes(values, untouched, 'nothing brought back into cells by their names')
  }
  await open()
  const untouched = await values()
  await shownAnew(async () => {
    answers.push({ status: 409, error: '有1格不一样', fields: { 'cells[1.M]': '王某存的是“8”，您填的是“9”。' } },
      { version: 70, moved: true }, { version: 71, moved: true })
    await paste('1.M', '9\t2\n')
  }, 'the page of another edition shown anew')
  expect(drafts.at(-1).get('cells[1.M]') === '9' && drafts.at(-1).get('version') === '3',
    'what was held back sent under the version that the page was of')
  await page.evaluate(() => sessionStorage.setItem('unsaved /grid/draft', JSON.stringify(
    { edition: '4', version: '2', texts: [['cells[2.M]', '79', '']] })))
  await page.goto('/grid')
  await until(() => drafts.some(d => d.get('version') === '2' && d.get('cells[2.M]') === '79' &&
    d.get('was[2.M]') === ''), 'what was kept of another edition sent as that')
  await until(() => page.evaluate(() => sessionStorage.getItem('unsaved /grid/draft') === null), 'nothing kept')
  await becomes(values, untouched, 'nothing of another edition in cells of that name')

  await open()
  answers.push({ status: 409, error: '别人刚刚保存过' })
  await at('1.M').fill('5')
  await page.getByText('别人刚刚保存过').waitFor()
  const count = drafts.length
  let asked = 0
  page.on('dialog', dialog => { asked++; dialog.accept() })
  await page.goto('/signin')
  expect(asked === 1, 'a question before leaving with unsaved input')
  expect(drafts.length === count, 'no more saving by itself after a conflict')
}
