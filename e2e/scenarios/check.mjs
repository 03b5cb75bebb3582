// Figure check in a browser: nothing yet, a refused form, a pasted text, its document with comments sent back as a
// file, marks, filter, keys, one correction, and the commented file.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const text = `北京市妇女儿童工作委员会及办公室2018年工作总结（送审稿）
一、妇女与健康
2018年，全市婚前医学检查率达到16.5%，比2017年提高3.74个百分点。2017年全市婚前医学检查率为12.76%，2016年为11.09%。
2016年，海淀区婚前医学检查率为20.1%。
二、妇女与社会保障
2018年，农村劳动力转移就业人数近7万人，城镇新增就业人数42.3万人，城镇职工劳动合同续订率93.9%，妇女儿童法律援助服务件数近5000件，母婴关爱室4000余个，男女厕位比例1:2。
指标\t2017年\t2018年
婚前医学检查率\t12.76%\t16.5%
“一刻钟社区服务圈”城市社区覆盖率\t—\t92%
根据《中国妇女发展纲要（2011—2020年）》和“十三五”规划，编印科普读物三万二千余册，开展老年人社会优待服务起始年龄由65岁调整为60岁。
`

export default async function ({ app, user, signIn, shot, becomes, expect, press, says, until }) {
  const page = await user()
  const figure = async () => (await page.locator('.entry.is-selected .entry-figure').textContent()).trim()
  await signIn(page, 'office')
  await page.goto('/checks')
  await says(page, '还没有核对过')
  await shot(page, 'check-empty')

  await page.fill('[name=text]', '   ')
  await page.fill('[name=year]', '1900')
  await page.getByRole('button', { name: '开始核对' }).click()
  await page.getByText('请粘贴文字，或者选择一个文件。').waitFor()
  await becomes(() => page.inputValue('[name=year]'), '1900', 'what was typed to stay in a refused form')
  await page.locator('[name=file]').setInputFiles({ name: '扫描件.docx', mimeType: 'application/octet-stream',
    buffer: Buffer.from('%PDF-1.7 …') })
  await page.getByRole('button', { name: '开始核对' }).click()
  await page.getByText('这是版式文件').waitFor()
  const big = join(app.data, '带照片.docx')
  await writeFile(big, Buffer.alloc(21 << 20)) // as a path: through the protocol it takes seconds
  await page.locator('[name=file]').setInputFiles(big)
  await page.getByRole('button', { name: '开始核对' }).click()
  await page.locator('#notice', { hasText: '文件太大' }).click()
  await shot(page, 'check-refused')

  await page.goto('/checks')
  await page.fill('[name=text]', '各位同志：请按时参加会议。')
  await page.getByRole('button', { name: '开始核对' }).click()
  await page.waitForURL(/checks\/[^/]+$/)
  await says(page, '没有找到可以核对的数字')
  await shot(page, 'check-none')

  await page.goto('/checks')
  await page.fill('[name=text]', text)
  await page.getByRole('button', { name: '开始核对' }).click()
  await page.waitForURL(/checks\/[^/]+$/)
  const [plain] = await Promise.all([page.waitForEvent('download'), page.getByText('下载批注文档').click()])
  const draft = join(app.data, '送审稿（征求妇女儿童工作委员会各成员单位意见后第三次修改）.docx')
  await plain.saveAs(draft)

  await page.goto('/checks')
  await page.locator('[name=file]').setInputFiles(draft)
  await page.evaluate(() => {
    const box = document.querySelector('[data-upload-progress]')
    new MutationObserver(() => sessionStorage.setItem('said',
      (sessionStorage.getItem('said') ?? '') + box.textContent.trim() + '|'))
      .observe(box, { subtree: true, childList: true })
  })
  await page.getByRole('button', { name: '开始核对' }).click()
  await page.waitForURL(/checks\/[^/]+$/)
  const said = await page.evaluate(() => sessionStorage.getItem('said'))
  expect(/已上传[\d.]+ KB，共[\d.]+ KB\|/.test(said) && said.endsWith('正在核对…|'),
    `the progress of the upload told, not ${said}`)
  await says(page, '送审稿（征求')
  await page.locator('[data-check][data-mounted]').waitFor()
  await shot(page, 'check')

  await page.locator('.mark-contradicted').first().click()
  await becomes(figure, '11.09%', 'a click on a mark to select its entry')
  await page.locator('.entry').last().click()
  const last = (await page.locator('.entry').last().getAttribute('id')).slice(2)
  await page.locator(`#m-${last}.is-selected`).waitFor() // a click on an entry selects its mark
  await page.keyboard.press('f')
  let shown
  await until(async () => {
    shown = await page.locator('.entry:not(.is-selected):visible .verdict-chip').allInnerTexts()
    return shown.length > 0 && shown.every(words => words.includes('不符'))
  }, () => `only contradicted figures, not ${shown}`)
  await until(() => new URL(page.url()).searchParams.get('verdict') === 'contradicted', 'the filter in the address')
  await becomes(() => page.locator('.mark-contradicted.is-selected').count(), 1,
    'contradicted figures selected, not one that the filter hides')
  const first = await figure()
  await page.keyboard.press('k')
  await until(async () => await figure() !== first, 'k to go back')
  await page.keyboard.press('ArrowDown')
  await becomes(figure, first, 'an arrow to go on')
  await until(() => page.evaluate(() => document.activeElement.classList.contains('mark')), 'the mark focused')
  await page.keyboard.press('?')
  await page.locator('#check-keys').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.waitForURL(url => !url.pathname.startsWith('/checks'))
  await page.goBack()
  await page.locator('[data-check][data-mounted]').waitFor()
  await becomes(figure, first, 'the figure still selected after a look at its proof')
  await page.keyboard.press('f')
  await shot(page, 'check-selected')

  const wrong = page.locator('.entry', { hasText: '7万人' }).first()
  await wrong.getByText('改正对应').click()
  await page.locator('form.correct [name=indicator]').fill('没有这一项')
  await press(page, page.locator('form.correct').getByRole('button', { name: '保存' }))
  await says(page, '请从列表里选一项指标')
  await shot(page, 'check-correct')
  await press(page, page.locator('form.correct').getByRole('button', { name: '不是本系统的指标' }))
  await page.getByText('已记住').waitFor()
  await becomes(figure, '近7万人', 'the corrected figure selected again')
  await says(page, '已人工改正', '.entry.is-selected')
  await press(page, '恢复自动核对')
  await page.getByText('已恢复').waitFor()

  await page.setViewportSize({ width: 390, height: 844 })
  await page.locator('[data-check][data-mounted]').waitFor()
  await page.locator('.mark-contradicted').first().click()
  await page.locator('.entry.is-selected').waitFor() // the list opens on a phone
  await page.locator('[data-toggle-list]').click()
  await page.locator('.entry.is-selected').waitFor({ state: 'hidden' })
  await page.locator('.mark-contradicted').first().click()
  if (process.env.E2E_SHOTS) await page.screenshot({ path: join(process.env.E2E_SHOTS, 'check-phone.png') })
  await page.setViewportSize({ width: 1440, height: 900 })

  const [commented] = await Promise.all([page.waitForEvent('download'), page.getByText('下载批注文档').click()])
  const body = await readFile(await commented.path())
  expect(commented.suggestedFilename().endsWith('数据核对.docx') && body.subarray(0, 2).toString() === 'PK',
    'the document with comments')
  if (process.env.E2E_SHOTS) await writeFile(join(process.env.E2E_SHOTS, 'check.docx'), body)

  await press(page, page.locator('button[name=lang]'))
  await page.getByText('Download with comments').waitFor()
  await shot(page, 'check-english')
  await page.goto('/checks')
  await shot(page, 'check-list')

  const other = await user()
  await signIn(other, 'chaoyang-statistician')
  await other.goto('/checks')
  await says(other, '还没有核对过') // the checks of another unit are not listed
}
