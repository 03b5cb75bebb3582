// What a check could not judge, and the acts that its bar offers for it: the indicator named once, and the public
// source of a number that nobody has reported. Each act makes one figure more judged. The rest of the page is
// check.mjs's.
export const sample = 'shifan'

const text = `示范市2022年妇女儿童工作情况
2022年，失业保险参保率40.9%，儿童主任配备率96.9%。
2022年，全市灵活就业女性培训结业率9.4%。
2012年，全市学前教育毛入园率80.5%。
2022年，上海市学前教育毛入园率99.5%。
`

export default async function ({ user, signIn, shot, press, says, until }) {
  const page = await user()
  const bar = page.locator('section', { has: page.locator('#check-unjudged') })
  const tells = words => until(async () => (await bar.innerText()).replace(/\s+/g, ' ').includes(words), words)
  const entry = number => page.locator('.entry', { hasText: number }).first()
  await signIn(page, 'office')
  await page.goto('/checks')
  await page.fill('[name=text]', text)
  await page.getByRole('button', { name: '开始核对' }).click()
  await page.waitForURL(/checks\/[^/]+$/)
  const checked = page.url()
  await tells('2个数字已核对，3个没有')
  await tells('没有认出指标 1')
  await tells('本系统没有数据 1')
  await tells('是别的地区的 1')
  await shot(page, 'unjudged')

  await bar.getByText('看这些，指明一次以后都认得').click()
  await page.waitForURL(/lacks=indicator/)
  await page.locator('[data-check][data-mounted]').waitFor()
  await entry('9.4%').getByText('改正对应').click()
  await page.locator('form.correct [name=indicator]').fill('职业技能培训参训率 [W-ECO-003]')
  await press(page, page.locator('form.correct').getByRole('button', { name: '保存' }))
  await page.getByText('已记住').waitFor()
  await tells('3个数字已核对，2个没有')

  await page.goto(checked)
  await bar.getByText('看这些，补上数据或公开来源').click()
  await page.waitForURL(/lacks=data/)
  await page.locator('[data-check][data-mounted]').waitFor()
  await entry('80.5%').getByText('登记它的公开来源').click()
  await page.waitForURL(/published\/new/)
  await page.fill('[name=value]', '80.5')
  await page.fill('[name=source_title]', '示范市教育统计手册2012（模拟）')
  await press(page, page.getByRole('button', { name: '登记', exact: true }))
  await page.getByText('已登记').waitFor()
  await page.goto(checked)
  await tells('4个数字已核对，1个没有')
  await says(page, '与公开来源一致', '.entry:has-text("80.5%")')
}
