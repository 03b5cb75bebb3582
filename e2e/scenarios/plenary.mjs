// A plenary on the phone, from its notice to what became of it: two units and two districts are asked, reply, sign in
// by the code on the screen; the minutes are checked and signed by others than their writer, what was decided becomes
// matters, and the papers of the next plenary begin with what is open.
export const sample = 'shifan'

const phone = { width: 390, height: 844 }
const members = ['SF-EDU', 'SF-JUS', 'SF-HOU']
const invited = [...members, '990101-WCC']
const clause = '一、各区每个街道建成一个儿童之家。（模拟）'

export default async function ({ app, user, signIn, shot, becomes, expect, press, says, until }) {
  const people = {}
  const as = async login => {
    if (people[login]) return people[login]
    const page = people[login] = await user()
    await page.setViewportSize(phone)
    await signIn(page, login)
    return page
  }
  const agree = (page, label) => Promise.all([page.waitForEvent('load'),
    page.getByRole('button', { name: label, exact: true }).click()
      .then(() => page.locator('#confirm button[value=yes]').click())])
  const count = (page, locator) => () => page.locator(locator).count()
  const office = await as('office')

  // 1 the office plans it, with its agenda and whom it asks
  await office.goto('/meetings')
  await press(office, office.getByRole('link', { name: '筹备会议' }))
  await office.fill('[name=title]', '年中全体会议（模拟）')
  await office.selectOption('[name=kind]', 'plenary')
  await office.fill('[name=starts]', '2024-03-21T09:00')
  await office.fill('[name=ends]', '2024-03-21T11:00')
  await office.fill('[name=place]', '市政府会议室（模拟）')
  await office.selectOption('[name=host]', 'SF-WCCO')
  await office.selectOption('[name=chair_unit]', 'SF-WCC')
  await office.selectOption('[name=chair_role]', 'committee_leader')
  await office.fill('[name=reply_by]', '2024-03-19')
  await press(office, '保存会议')
  await says(office, '年中全体会议')
  const at = new URL(office.url()).pathname
  for (const [title, kind] of [['工作报告（模拟）', 'report'], ['审议任务分解书（模拟）', 'review'],
    ['监测统计培训（模拟）', 'train']]) {
    await office.goto(at + '/agenda')
    await office.fill('[name=title]', title)
    await office.selectOption('[name=kind]', kind)
    if (kind === 'train') {
      await office.locator('details.meeting-more summary').click()
      await office.fill('[name=hours]', '2')
      for (const subject of ['duties', 'statistics']) await office.check(`[name=subjects][value=${subject}]`)
    }
    await press(office, '保存议程')
  }
  await office.goto(at + '/invite')
  await office.selectOption('[name=level]', 'head')
  await office.fill('[name=seats]', '2')
  for (const group of (await office.locator('.choose-group:not([open]) > summary').all()).reverse()) await group.click()
  for (const unit of invited) await office.check(`[name=units][value="${unit}"]`)
  await shot(office, 'plenary-invite')
  await press(office, '邀请选中的单位')
  await says(office, '4个单位')

  // 2 the notice is checked by another, signed and issued, and only then are replies taken
  const send = async (page, path) => {
    await page.goto(path)
    const letter = page.url()
    await becomes(count(page, 'main form[action$="/check"]'), 0, 'no way for the writer to check the own letter')
    const colleague = await as('office-b')
    await colleague.goto(letter)
    await press(colleague, '核稿无误，定稿')
    const director = await as('director')
    await director.goto(letter)
    await director.fill('[name=phrase]', app.phrase())
    await press(director, '签发')
    await page.goto(letter)
    await press(page, '编号发出')
    await says(page, '〔2024〕')
    return new URL(letter).pathname
  }
  await office.goto(at + '/notify')
  await press(office, '拟成发文')
  await send(office, office.url())
  await office.goto(at + '/notify')
  await press(office, '开始收回执')
  await says(office, '未回执')

  // 3 and 4 three reply, one with a deputy; one asks leave; three names for two seats are refused
  const reply = async (login, ...coming) => {
    const page = await as(login)
    await page.goto('/todo')
    await says(page, '年中全体会议')
    await page.goto(at)
    await press(page, page.getByRole('link', { name: '填写回执' }).first())
    for (const [i, one] of coming.entries()) {
      const row = page.locator('fieldset.reply-person').nth(i)
      if (one.excuse || one.stands_in_for) await row.locator('summary').click()
      for (const [name, value] of Object.entries(one)) {
        const field = row.locator(`[name="${name}[${i + 1}]"]`)
        await (name === 'level' ? field.selectOption(value) : field.fill(value))
      }
    }
    await press(page, '报送回执')
    return page
  }
  const head = name => ({ name, title: '主要负责人', level: 'head' })
  const education = await reply('education-liaison', head('甲'), head('乙'), head('丙'))
  await says(education, '名额')
  await shot(education, 'plenary-too-many')
  await reply('education-liaison', head('教育甲'), head('教育乙'))
  await reply('justice-liaison', { name: '司法甲', title: '分管负责人', level: 'deputy', stands_in_for: '主要负责人' })
  await reply('housing-liaison', { ...head('住建甲'), excuse: '公务出差（模拟）' })
  await reply('dongling-office', head('东岭甲'))
  const calendar = education.waitForEvent('download')
  await education.goto(at)
  await education.getByRole('link', { name: '加入日历' }).click()
  const saved = (await calendar).suggestedFilename()
  expect(saved.endsWith('.ics'), 'the meeting to be saved as .ics')

  // 5 the draft breakdown goes with the papers, an opinion comes in
  await office.goto(at)
  await press(office, office.getByRole('link', { name: '审议任务分解书（模拟）' }))
  await press(office, office.getByRole('link', { name: '把材料交付征求意见' }))
  await office.fill('[name=due]', '2024-03-20')
  await office.fill('[name=text]', clause)
  await press(office, '交付征求意见')
  const text = new URL(office.url()).pathname
  await education.goto(text)
  await press(education, education.getByRole('link', { name: '提意见' }).first())
  await education.fill('[name=reason]', '没有写由谁建设。（模拟）')
  await press(education, '提出意见')
  await says(education, '没有写由谁建设')
  await shot(education, 'plenary-opinion')

  // 6 on the day, two sign in by the code on the screen, one is ticked on the list
  for (let day = 16; day <= 21; day++) await press(office, '下一天')
  await says(office, '演示城市今天是2024-03-21', 'body')
  await office.goto(at + '/screen')
  const code = await office.getByRole('link', { name: '用手机扫码签到' }).getAttribute('href')
  const guest = await user()
  await guest.setViewportSize(phone)
  for (const [unit, name] of [['SF-EDU', '教育甲'], ['SF-JUS', '司法甲']]) {
    await guest.goto(code)
    await guest.selectOption('[name=unit]', unit)
    await guest.fill('[name=name]', name)
    await press(guest, '签到')
    await says(guest, '签到成功', 'body')
  }
  await guest.goto(code)
  await guest.selectOption('[name=unit]', 'SF-EDU')
  await guest.fill('[name=name]', '教育甲')
  await press(guest, '签到')
  await says(guest, '不用再签', 'body')
  await office.goto(at + '/list')
  await shot(office, 'plenary-arrivals')
  const district = office.locator('.arrivals-people li', { hasText: '东岭甲' })
  await press(office, district.getByRole('button', { name: '到会' }))
  await says(office, '3 / 8')

  // 7 and 8 what became of the agenda, what was decided, and minutes that their writer cannot check
  await office.goto(at)
  await agree(office, '确认召开')
  await office.goto(at + '/minutes')
  const outcomes = office.locator('select[name^="outcome["]')
  for (const [i, outcome] of ['heard', 'passed_in_principle', 'noted'].entries()) {
    await outcomes.nth(i).selectOption(outcome)
  }
  await press(office, '保存结果')
  const item = await outcomes.nth(1).getAttribute('name')
  const decide = async (words, fill) => {
    await office.goto(at + '/decision')
    await office.fill('[name=text]', words)
    await office.selectOption('[name=agenda_item]', item.slice('outcome['.length, -1))
    await fill()
    await press(office, '保存议定事项')
  }
  const lead = unit => office.selectOption('[name=lead]', unit)
  await decide('没有牵头单位的事项（模拟）', () => office.check('[name=follow]'))
  await says(office, '牵头')
  await decide('扩大儿童之家覆盖（模拟）', async () => { await lead('SF-EDU'); await office.check('[name=follow]') })
  await decide('完善法律援助（模拟）', async () => {
    await lead('SF-JUS')
    for (const name of ['follow', 'due_by_lead']) await office.check(`[name=${name}]`)
  })
  await decide('通报表扬（模拟）', () => office.fill('[name=why_not]', '只需知悉（模拟）'))
  await office.goto(at + '/minutes')
  await office.fill('[name=text]', '会议听取了报告，原则通过任务分解书。（模拟）')
  await press(office, '保存纪要')
  await agree(office, '送核签')

  // 9 signed, numbered and received by all who were asked
  const minutes = await send(office, office.url())
  for (const login of ['education-liaison', 'justice-liaison', 'housing-liaison', 'dongling-office']) {
    const page = await as(login)
    await page.goto(minutes)
    await press(page, page.locator('main form[action$="/receive"] button').first())
    await says(page, '已签收')
  }

  // 10 and 11 the unit that leads sets the day of its decision; both that are followed become matters
  const justice = await as('justice-liaison')
  await until(async () => {
    await justice.goto(at)
    return await justice.locator('[name=due_on]').count() === 1
  }, 'the meeting to have its minutes once they are issued, and the unit that leads to set a day')
  await justice.fill('[name=due_on]', '2024-05-31')
  await press(justice, '定期限')
  await says(justice, '2024-05-31')
  await office.goto(at)
  for (let left = 2; left > 0; left--) {
    await becomes(count(office, '#decisions form[action$="/follow"]'), left, 'decisions that wait to be followed')
    await press(office, office.locator('#decisions form[action$="/follow"] button').first())
  }
  await says(office, '2024-04-10', '#decisions') // 20 days after the minutes
  await says(office, '4/4') // all have received the minutes
  await shot(office, 'plenary-decisions')

  // 12 to 14 who came, what the next plenary begins with, whom the training counts for
  await office.goto('/meetings/attendance')
  await says(office, '年中全体会议')
  await office.goto('/meetings/new')
  await office.fill('[name=title]', '年末全体会议（模拟）')
  await office.selectOption('[name=kind]', 'plenary')
  await office.fill('[name=starts]', '2024-12-20T09:00')
  await office.fill('[name=ends]', '2024-12-20T11:00')
  await office.fill('[name=place]', '市政府会议室（模拟）')
  await press(office, '保存会议')
  await says(office, '以前会议还没办完的议定事项')
  for (const words of ['扩大儿童之家覆盖（模拟）', '完善法律援助（模拟）']) await says(office, words)
  await office.goto('/trainings/records?meeting=' + at.split('/').pop())
  for (const name of ['教育甲', '司法甲', '东岭甲']) await says(office, name)

  // 15 each unit does its own, another re-checks it, and the meeting closes itself
  const headers = { accept: 'application/json' }
  const post = async (login, path, sent) => {
    const answer = await (await as(login)).request.post(path, { headers, ...sent })
    const said = await answer.text()
    expect(answer.ok(), `${login} to be let do ${path}: ${said}`)
  }
  const { matters } = await (await office.request.get('/matters', { headers })).json()
  for (const [title, unit] of [['扩大儿童之家覆盖（模拟）', 'education'], ['完善法律援助（模拟）', 'justice']]) {
    const { id } = matters.find(m => m.title === title)
    const { matter } = await (await office.request.get('/matters/' + id, { headers })).json()
    const item = '/items/' + matter.items[0].id
    await post(unit + '-liaison', item + '/receive', { data: { version: 0 } })
    await post(unit + '-liaison', item + '/start', { data: { version: 0 } })
    await post(unit + '-leader', item + '/report', { multipart: { version: '0', result: '已办（模拟）',
      file: { name: '台账（模拟）.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') } } })
    await post('office-b', item + '/recheck', { data: { version: 0, way: 'papers', looked_at: '台账（模拟）',
      judgement: 'done', reason: '一致（模拟）', confirmed: true } })
  }
  await office.goto(at)
  await press(office, '下一天')
  await until(async () => {
    await office.goto(at)
    return (await office.locator('main').innerText()).includes('已办结')
  }, 'the meeting to close itself once all that was to be followed is done')
}
