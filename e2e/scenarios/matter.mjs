// A matter on the phone, from end to end: the office finds an item that nobody has received, its unit's liaison
// receives it, plans and begins, the unit's leader reports it done with a file and cannot re-check it, somebody else
// does, and the ledger of effects waits for the next accepted figure.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../app.mjs'

export const sample = 'shifan'

const phone = { width: 390, height: 844 }
const headers = { accept: 'application/json' }

// logins are the sample's accounts by unit and role.
async function logins() {
  const text = await readFile(join(root, 'samples/shifan/demo.yaml'), 'utf8')
  const all = {}
  for (const [, login, unit, role] of text.matchAll(/login: ([\w-]+),.*unit: ([\w-]+), role: (\w+)/g)) {
    (all[unit] ??= {})[role] ??= login
  }
  return all
}

export default async function ({ user, signIn, shot, becomes, expect, press, says }) {
  const people = await logins()
  const onPhone = async login => {
    const page = await user()
    await page.setViewportSize(phone)
    await signIn(page, login)
    return page
  }

  const office = await onPhone('office')
  const { items } = await (await office.request.get('/items?state=raised', { headers })).json()
  const { id, unit } = items[0]
  const at = `/items/${id}`
  await office.goto('/items/desk')
  await says(office, items[0].text)
  await shot(office, 'matter-desk')

  // what was written into a long form outlives the session in which it was begun
  await office.goto('/matters/new')
  const text = '写了半小时的一段话。（模拟）'
  await office.locator('main textarea').first().fill(text)
  await office.context().clearCookies()
  await office.locator('main form[method=post]').first().evaluate(form => { form.noValidate = true })
  await office.locator('main form[method=post] button:not([type=button])').last().click()
  const dialog = office.locator('dialog[data-sign-in][open]')
  await dialog.waitFor()
  await becomes(() => office.locator('main textarea').first().inputValue(), text, 'the text still there')
  await dialog.locator('[name=name]').fill('office')
  await dialog.locator('[name=password]').fill('yipanqi-demo')
  await press(office, dialog.locator('.btn-primary'))
  await becomes(() => office.locator('main textarea').first().inputValue(), text, 'the text sent and shown again')

  const liaison = await onPhone(people[unit].liaison ?? people[unit].office)
  await liaison.goto('/todo')
  await press(liaison, liaison.locator(`main a[href^="${at}"]`).first())
  await press(liaison, '签收')
  await says(liaison, '已签收')
  await liaison.goto(at + '?step=plan')
  await liaison.locator('input[name=cause_kinds]').first().check()
  await liaison.fill('[name=cause]', '名单没有核对过。（模拟）')
  await liaison.fill('[name="steps[1.text]"]', '核对名单（模拟）')
  await liaison.fill('[name="steps[1.due]"]', '2024-03-15')
  await shot(liaison, 'matter-plan')
  await press(liaison, '定措施')
  await liaison.goto(at + '?step=start')
  await press(liaison, liaison.locator('main form button[type=submit]').first())

  const leader = await onPhone(people[unit].leader ?? people[unit].committee_leader)
  await leader.goto(at + '?step=report')
  await leader.fill('[name=result]', '名单已核对完。（模拟）')
  await leader.setInputFiles('input[name=file]', { name: '核对情况.pdf', mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4\n%%EOF\n') })
  await press(leader, '报办结')
  await says(leader, '待复核')
  await shot(leader, 'matter-reported')
  await leader.goto(at + '?step=recheck')
  await becomes(() => leader.locator('main [name=judgement]').count(), 0, 'forms of a re-check for who reported it')

  await office.goto(at + '?step=recheck')
  await office.selectOption('[name=judgement]', 'done')
  await office.selectOption('[name=way]', 'papers')
  await office.fill('[name=looked_at]', '核对后的名单。（模拟）')
  await office.fill('[name=reason]', '名单齐全。（模拟）')
  const confirm = office.locator('input[name=confirmed]')
  if (await confirm.count()) await confirm.check()
  await press(office, '复核')
  await says(office, '已销号')
  await shot(office, 'matter-closed')
  await office.goto('/items/measures')
  await shot(office, 'matter-measures')
  await office.goto('/items/print')
  const sheets = (await office.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/MediaBox ?\[[^\]]*\]/g)
  expect(sheets?.length > 0 && new Set(sheets).size === 1 && /0 0 1191/.test(sheets[0]),
    `every sheet of the printed ledger to be A3 across, not ${sheets}`)
}
