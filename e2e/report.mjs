// One report by keyboard alone, from signing in to the notice of a correction: pasted, mended cell by cell, a finding
// explained, signed by two people, accepted; amended, signed and accepted again, with what that changed. It is a part
// of the scenario of the fictional city.
import { faultsByKeyboard } from './keyboard.mjs'
import { strike, type } from './keys.mjs'
import { paste } from './paste.mjs'

export async function reportByKeyboard({ app, becomes, expect, shot, says, user }, numbers) {
  const keys = async page => {
    const faults = await faultsByKeyboard(page)
    expect(faults.length === 0, `all of it by keyboard:\n${faults.join('\n')}`)
  }
  const login = async name => {
    const page = await user()
    await page.goto('/signin')
    await type(page, page.locator('input[name=name]'), name)
    await type(page, page.locator('input[name=password]'), app.password())
    await strike(page, page.locator('input[name=password]'))
    return page
  }
  const sign = async page => {
    await type(page, page.locator('input[name=phrase]'), app.phrase())
    await strike(page, '我已核对，签字')
  }
  const saved = page => page.waitForFunction(() =>
    document.querySelector('[data-grid-state]').textContent.includes('已暂存'))

  const statistician = await login('zhonghu-statistician')
  await statistician.goto('/todo')
  const task = statistician.locator('ul.tasks > li', { hasText: '儿童发展综合统计表' })
  await strike(statistician, task.locator('a.btn-primary'))
  const report = statistician.url()
  await paste(statistician.locator('[data-cell]').first(), numbers)
  await saved(statistician)
  await shot(statistician, 'shifan-entry')
  await keys(statistician)
  const cell = key => statistician.locator(`[data-cell="${key}"]`)
  const fill = async numbers => {
    for (const [key, number] of Object.entries(numbers)) await type(statistician, cell(key), number)
    await saved(statistician)
  }
  await fill({ '1.M': '32600', '1.F': '30700', '13.M': '33000', '13.F': '男女合计' })
  await strike(statistician, '核对并签字')
  await says(statistician, '1处有误')
  await becomes(() => cell('13.F').inputValue(), '男女合计', 'what was typed wrong to be kept')
  await fill({ '13.F': '50000' })
  await strike(statistician, '保存')
  await says(statistician, '参加校外实践活动的儿童超过九成')
  await type(statistician, statistician.locator('textarea[name^="notes"]').first(), '按活动台账逐人核对（模拟）')
  await strike(statistician, '核对并签字')
  await statistician.waitForURL(/prepare$/)
  await says(statistician, '按活动台账逐人核对（模拟）')
  await keys(statistician)
  await sign(statistician)

  const leader = await login('zhonghu-leader')
  await leader.goto('/todo')
  await strike(leader, leader.locator(`main a.btn-primary[href="${new URL(report).pathname}"]`))
  await says(leader, '按活动台账逐人核对（模拟）')
  await sign(leader)
  await says(leader, '待审核')

  const office = await login('office')
  const accept = async () => {
    await office.goto(report)
    await strike(office, '审核通过')
    await says(office, '审核通过后变动的指标')
  }
  await accept()

  await statistician.goto(report)
  await type(statistician, statistician.locator('form[action$="/amend"] textarea'), '更正女童人数（模拟）')
  await strike(statistician, '开始修订')
  await fill({ '13.F': '31500' })
  await strike(statistician, '核对并签字')
  await statistician.waitForURL(/prepare$/)
  await says(statistician, '与现行有效版本的差别')
  await sign(statistician)
  await leader.goto('/todo')
  await strike(leader, leader.locator(`main a.btn-primary[href="${new URL(report).pathname}"]`))
  await sign(leader)
  await accept()
  await says(office, '更正女童人数（模拟）')
  await shot(office, 'shifan-corrected')
}
