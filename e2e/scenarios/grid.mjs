// The entry grid by itself, on a page of three rows and two columns with a hole: keys, pasting, undo, saving, leaving.
const words = {
  saved: '已保存', unsaved: '未保存', saving: '正在保存', failed: '没有存上', pasted: '粘贴了{n}格',
  'too-wide': '有{have}列，只放得下{fit}列', 'too-tall': '有{have}行，只放得下{fit}行',
    'no-cell': '第{row}行第{col}列“{value}”不能填',
}
const cell = (key, value = '', more = '') => `<td class="cell"><input data-cell="${key}" name="cells[${key}]" value="${value}" ${more}></td>`

function markup(assets) {
  return `<!doctype html><html lang="zh-CN"><head><title>grid</title>${assets}</head><body data-failed="失败">
    <form id="grid" method="post" action="/grid/save" data-grid data-save="/grid/draft">
    <input type="hidden" name="version" value="3">
    <div data-grid-bar ${Object.entries(words).map(([k, v]) => `data-${k}="${v}"`).join(' ')}>
    <span data-grid-state></span><span data-grid-message hidden></span>
    <button type="button" data-grid-undo hidden>撤销</button></div>
    <table><tr>${cell('1.M', '7')}${cell('1.F')}</tr>
    <tr>${cell('2.M')}${cell('2.F', '10', 'data-saved="9" class="is-invalid"')}
    <td id="e-2.F">请改</td></tr>
    <tr>${cell('3.M')}<td></td></tr></table><button>保存</button></form>
    <form id="sign" method="post" action="/grid/sign">
    <input type="hidden" name="version" value="3"><button>签字</button></form></body></html>`
}

export default async function ({ user, expect }) {
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
  const paste = (key, text) => at(key).evaluate((input, text) => {
    input.focus()
    const data = new DataTransfer()
    data.setData('text/plain', text)
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
  const settled = () => page.waitForFunction(
    word => document.querySelector('[data-grid-state]').textContent === word, words.saved)

  await open()
  expect(await state.textContent() === words.unsaved, 'a refused form to say that what was typed is not saved')
  expect(await at('2.F').getAttribute('class') === 'is-invalid is-changed' &&
    await at('1.M').getAttribute('class') === null, 'only the typed cell marked')

  await at('1.M').focus()
  for (const [key, want] of [['ArrowDown', '2.M'], ['Enter', '3.M'], ['ArrowRight', '3.M'],
    ['Shift+Enter', '2.M'], ['ArrowRight', '2.F'],
    ['ArrowDown', '2.F'], ['ArrowUp', '1.F'], ['ArrowLeft', '1.M'], ['Tab', '1.F'], ['Shift+Tab', '1.M']]) {
    await page.keyboard.press(key)
    expect(await focused() === want, `${key} to lead to ${want}, not ${await focused()}`)
  }
  await page.keyboard.type('88')
  await page.keyboard.press('Escape')
  expect(await at('1.M').inputValue() === '7', 'Escape to bring back what was there')

  const before = await values()
  await paste('1.F', '1\t2\n3\t4\n')
  expect(await message.textContent() === '有2列，只放得下1列' && await values() === before,
    'a block too wide refused whole')
  await paste('2.M', '1\n2\n3\n')
  expect(await message.textContent() === '有3行，只放得下2行' && await values() === before,
    'a block too tall refused whole')
  await paste('2.M', '1\t2\n3\t4\n')
  expect(await message.textContent() === '第2行第2列“4”不能填' && await values() === before,
    'a value for a hole refused')
  await paste('1.M', '1,234\t"5"\r\n6\t7\r\n8\t\r\n')
  expect(await values() === '1,234|5|6|7|8', `the block pasted as typed, not ${await values()}`)
  expect(await page.locator('#e-2\\.F').isHidden(), 'what was said against a cell gone with what stood in it')
  await page.keyboard.press('Control+z')
  expect(await page.locator('#e-2\\.F').isVisible(), 'it back with what it was said against')
  expect(await values() === before, 'Ctrl+Z to undo the whole block')
  await paste('1.M', '11\t12\n21\t22\n31\t\n')
  await settled()
  expect(drafts.at(-1).get('cells[2.F]') === '22' && drafts.at(-1).get('version') === '3',
    'the draft saved with the version of the page')
  expect(await page.locator('.is-changed').count() === 0, 'no cell marked after saving')

  answers.push({ status: 0 })
  await at('1.M').fill('99')
  await page.getByText(words.failed).waitFor()
  expect(await at('1.M').inputValue() === '99', 'the input kept when saving fails')
  await page.locator('#sign button').click()
  await page.waitForURL('**/grid/sign')
  expect(drafts.at(-1).get('cells[1.M]') === '99', 'the grid saved before another form of the page is sent')
  expect(posted.at(-1).join() === `sign,${3 + drafts.length}`,
    `the other form to name the new version, not ${posted.at(-1)}`)

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
