// An outsider on a phone: an expert whom the office has engaged for a round opens the room, takes the paper along,
// gives an opinion that nobody reads before all have finished, reads the others' once the last one has, and scores as a
// supervisor. The day after the last day nothing is there, and the page says which office to ask.
export const sample = 'shifan'

const phone = { width: 390, height: 844 }
const headers = { accept: 'application/json' }
const today = '2024-03-15'
const paper = (name, text) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4\n% ${text}\n`) })

export default async function ({ app, user, signIn, shot, expect, press, says, until }) {
  const office = await user()
  await signIn(office, 'office')
  const read = async path => (await office.request.get(path, { headers })).json()
  const send = async (page, path, data) => {
    const answer = await page.request.post(path, { headers: { ...headers, origin: app.url }, ...data })
    const said = await answer.json()
    expect(answer.ok(), `${path} to be done: ${JSON.stringify(said)}`)
    return said
  }
  const { score_sheets: [sheet] } = await read('/score-sheets')
  const about = sheet.about
  const { engagements } = await read('/engagements?role=expert')
  const engage = async (letter, role) => {
    const known = engagements.find(e => e.person === `专家${letter}（演示）`)
    const { engagement: { person, person_id: same } } = await read(`/engagements/${known.id}`)
    const made = await send(office, '/engagements', { form: { name: person, same, role, about, opens_on: today,
      closes_on: today, areas: '990100', 'interests[1.kind]': 'none' } })
    const file = (field, name) => send(office, `/trail/engagement/${made.id}/files`,
      { multipart: { field, file: paper(name, `${made.id} ${field}`) } })
    await file('undertaking', '承诺书.pdf')
    await file('room', '论证材料.pdf')
    await send(office, `/engagements/${made.id}/start`, { form: { version: String(made.version) } })
    return made.id
  }
  const seats = {}
  for (const letter of '甲乙丙') seats[letter] = await engage(letter, 'expert')
  await engage('甲', 'supervisor')
  const members = Object.values(seats)
  const body = new URLSearchParams({ title: '手机上的论证（模拟）', about, author: 'SF-WCCO', head_of: seats.甲,
    due: today, text: '一、进展平稳。（模拟）\n二、供给不足。（模拟）' })
  for (const one of members) body.append('members', one)
  const called = await office.request.post('/panels', { headers: { ...headers, origin: app.url,
    'content-type': 'multipart/form-data; boundary=x' }, data: [...body].map(([key, value]) =>
    `--x\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`).join('') + '--x--\r\n' })
  const panel = await called.json()
  expect(called.ok(), `the panel to be called: ${JSON.stringify(panel)}`)
  const text = `/opinions/${panel.text}`

  const expert = await user()
  await expert.setViewportSize(phone)
  await signIn(expert, 'expert-a')
  await expert.goto('/room')
  await says(expert, '手机上的论证（模拟）')
  await shot(expert, 'outsider-room')
  await expert.goto(`/room/${seats.甲}`)
  const [taken] = await Promise.all([expert.waitForEvent('download'),
    expert.locator('form[action*="/files/"] button').first().click()])
  expect(taken.suggestedFilename().includes('专家甲'), `the paper to say who took it: ${taken.suggestedFilename()}`)

  const others = {}
  for (const [letter, login] of [['乙', 'expert-b'], ['丙', 'expert-c']]) {
    others[letter] = await user()
    await signIn(others[letter], login)
    await send(others[letter], `${text}/opinions`, { form: { paragraph: 'p2', kind: 'fact', weight: 'note',
      reason: `专家${letter}独自写的话（模拟）`, shown_as: 'name', next: 'file' } })
  }
  await expert.goto(`${text}?on=p1`)
  await expert.fill('textarea[name=reason]', '专家甲在手机上写的话（模拟）')
  await press(expert, '提出意见')
  await says(expert, '专家甲在手机上写的话（模拟）')
  const hidden = async page => !(await page.locator('main').innerText()).includes('专家乙独自写的话')
  await until(() => hidden(expert), 'nothing of what another expert wrote')
  await office.goto(text)
  await says(office, '手机上的论证（模拟）', 'body')
  await until(() => hidden(office), 'nothing of it for the office either')
  for (const page of Object.values(others)) await send(page, `${text}/finish`, { form: {} })
  await expert.goto(text)
  await until(() => hidden(expert), 'nothing of what others wrote before all have finished')
  await expert.locator('form[action$="/finish"] button').click()
  const sure = expert.locator('#confirm[open] button[value=yes]')
  await until(async () => await sure.count() || !await hidden(expert), 'to be asked, or to read the others')
  if (await sure.count()) await sure.click()
  await says(expert, '专家乙独自写的话（模拟）')
  await says(expert, '专家丙独自写的话（模拟）')
  await shot(expert, 'outsider-open')

  await expert.goto(`/score-sheets/${sheet.id}`)
  await expert.selectOption('[name=subject_unit]', '990102-WCCO')
  await expert.selectOption('[name=side]', 'group')
  await expert.fill('[name=points]', '15.5')
  await press(expert, '打分')
  await says(expert, '15.5')
  await shot(expert, 'outsider-score')

  await send(office, '/sample/day', { form: { next: '/' } })
  await expert.goto(`/room/${seats.甲}`)
  await says(expert, '请联系聘请您的示范市妇女儿童工作委员会办公室')
  await expert.goto(text)
  await says(expert, '没有找到')
  await shot(expert, 'outsider-over')
}
