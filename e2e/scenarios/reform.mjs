// A reform of the member units, as it is decided and takes place: drafted by the office, refused while one indicator
// has no receiver, approved by the director on the phone, done by the program on its day; what is open sits with the
// new unit then, what is past keeps the old names, and the new unit's liaison takes over.
import { setTimeout as after } from 'node:timers/promises'

export const sample = 'shifan'

const headers = { accept: 'application/json' }

export default async function ({ app, user, signIn, shot, becomes, expect, press, says, until }) {
  const office = await user()
  await signIn(office, 'office')
  const agree = (page, button) => Promise.all([page.waitForEvent('load'),
    button.click().then(() => page.locator('#confirm button[value=yes]').click())])

  // 1 another one is drafted in place of the sample's, with its document and three lines
  await office.goto('/adjustments')
  await press(office, office.getByRole('link', { name: '机构改革成员单位调整' }))
  await office.locator('summary', { hasText: '撤销这项调整' }).click()
  await office.locator('form[action$="/withdraw"] [name=reason]').fill('另拟一项（模拟）')
  await press(office, '撤销')
  await says(office, '已撤销')
  await office.goto('/adjustments')
  await press(office, office.getByRole('link', { name: '拟定调整' }))
  await office.fill('[name=title]', '机构改革（模拟）')
  await office.fill('[name=basis]', '改革方案〔2024〕3号（模拟）')
  await office.fill('[name=effective_on]', '2024-03-20')
  await press(office, '保存')
  await says(office, '请把依据文件附在下面')
  const at = new URL(office.url()).pathname
  await office.locator('summary', { hasText: '附上材料' }).click()
  await office.setInputFiles('main input[type=file]', { name: '改革方案（模拟）.pdf', mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4\n%%EOF\n') })
  await press(office, '附上')
  const line = async (kind, fill) => {
    await office.goto(`${at}?add=${kind}`)
    for (const group of (await office.locator('.choose-group:not([open]) > summary').all()).reverse()) {
      await group.click()
    }
    await fill(office.locator('#add form'))
    await press(office, office.locator('#add form button[type=submit], #add form .form-actions button').last())
  }
  const write = async (form, fields) => {
    for (const [name, value] of Object.entries(fields)) await form.locator(`[name=${name}]`).fill(value)
  }
  await line('unit', async form => {
    await write(form, { code: 'SF-HCB', name: '示范市卫生健康委', name_en: 'Shifan Health Commission' })
    await form.locator('[name=kind]').selectOption('dept_HCM')
  })
  await line('merge', async form => {
    for (const unit of ['SF-HEA', 'SF-FPB']) await form.locator(`[name=from][value=${unit}]`).check()
    await form.locator('[name=to]').selectOption('SF-HCB')
  })
  await line('rename', async form => {
    await form.locator('[name=from]').selectOption('SF-CUL')
    await write(form, { name: '示范市文化和旅游局', name_en: 'Shifan Culture and Tourism Bureau' })
  })
  await line('join', async form => {
    await form.locator('[name=to]').selectOption('SF-INS')
    await form.locator('[name=seat]').selectOption('member')
  })

  // 2 and 3 the preview shows what is open; an indicator that nobody takes keeps it from being approved
  const taken = async takers => {
    for (const [group, thing, unit] of takers) {
      const fold = office.locator('details.handing', { has: office.locator('summary', { hasText: group }) })
      if (await fold.first().getAttribute('open') === null) await fold.first().locator('summary').click()
      for (const taker of await fold.first().locator('li', { hasText: thing }).locator('select').all()) {
        await taker.selectOption(unit)
      }
    }
    await press(office, office.getByRole('button', { name: '记下承接单位' }).first())
  }
  const figure = ['负责数据的指标', '居民健康素养水平']
  await taken([['岗位和账号', '市卫生局·', 'SF-HCB'], [...figure, '?']])
  await press(office, '预演')
  await says(office, '1项无人承接')
  await shot(office, 'reform-missing')
  const director = await user()
  await director.setViewportSize({ width: 390, height: 844 })
  await signIn(director, 'director')
  await director.goto('/todo')
  await becomes(() => director.getByRole('link', { name: '机构改革（模拟）' }).count(), 0,
    'nobody to be asked to approve what cannot be approved')
  await director.goto(at)
  await says(director, '1项无人承接')
  await becomes(() => director.locator('main form[action$="/approve"]').count(), 0,
    'no way to approve what leaves an indicator to nobody')

  // 4 and 5 the office assigns it, the director approves
  await taken([[...figure, 'SF-STA']])
  await press(office, '预演')
  await says(office, '可以报批')
  await director.goto('/todo')
  await press(director, director.getByRole('link', { name: '机构改革（模拟）' }).first())
  await shot(director, 'reform-approve')
  await agree(director, director.getByRole('button', { name: '批准', exact: true }))
  await says(director, '成员调整〔2024〕2号')

  // 6 on its day all that is open is the new unit's, with its days
  const open = async (...units) => {
    const all = []
    for (const unit of units) {
      const { items } = await (await office.request.get('/items?unit=' + unit, { headers })).json()
      all.push(...items.filter(i => !['closed', 'withdrawn'].includes(i.state)))
    }
    return all.map(i => `${i.id} ${i.state} ${i.due}`).sort().join('\n')
  }
  const gone = await user()
  await signIn(gone, 'family-planning-leader')
  const before = await open('SF-HEA', 'SF-FPB')
  expect(before !== '', 'the two bureaus to have something open before the reform')
  for (let day = 16; day <= 20; day++) await press(office, '下一天')
  await until(async () => {
    await office.goto(at)
    await after(200)
    return (await office.locator('main').innerText()).includes('已生效')
  }, 'the reform to be in force on its day')
  await becomes(() => open('SF-HCB'), before, 'what was open at the two bureaus to sit with the new one')
  await becomes(() => open('SF-HEA', 'SF-FPB'), '', 'nothing open at the bureaus that are no more')
  await shot(office, 'reform-applied')

  // 7, 8 and 10 what is past keeps the old names, and what was signed verifies
  await office.goto('/submissions?unit=SF-HEA')
  await press(office, office.locator('main tbody tr', { hasText: '示范市卫生局' }).filter({ hasText: '2023年' })
    .getByRole('link').first())
  await says(office, '签名有效')
  await becomes(async () => (await office.locator('main').innerText()).includes('示范市卫生健康委'), false,
    'what the bureau signed to be without the name of the new one')
  await office.goto('/network?day=2023-12-31')
  for (const name of ['示范市卫生局', '示范市文化局']) await says(office, name)
  await office.goto('/network')
  for (const name of ['示范市卫生健康委', '示范市文化和旅游局', '示范市医疗保障局']) await says(office, name)
  await becomes(async () => (await office.locator('main').innerText()).includes('示范市人口和计划生育局'), false,
    'the members of today to be without the old bureau')
  await shot(office, 'reform-members')

  await gone.goto('/signin')
  await gone.fill('input[name=name]', 'family-planning-leader')
  await gone.fill('input[name=password]', app.password())
  await press(gone, gone.locator('main button[type=submit]'))
  await says(gone, '用户名或密码不正确') // of a bureau that is no more nobody signs in, let alone signs

  // 9 the new unit's liaison takes over
  const liaison = await user()
  await signIn(liaison, 'health-liaison')
  await liaison.goto('/todo')
  await press(liaison, liaison.getByRole('link', { name: /接手工作/ }).first())
  await shot(liaison, 'reform-takeover')
  await press(liaison, '接手，清单无误')
  await says(liaison, '接手的清单')

  // 11 a change of liaison that is reported after a month is late
  const culture = await user()
  await signIn(culture, 'culture-leader')
  await culture.goto('/changes/new')
  await culture.selectOption('[name=unit]', 'SF-CUL')
  await culture.selectOption('[name=role]', 'liaison')
  await culture.fill('[name=changed_on]', '2024-02-05')
  await culture.fill('[name=person]', '新联络员（模拟）')
  await culture.fill('[name=title]', '科长')
  await press(culture, '报告这项变动')
  await says(culture, '迟报')
  await shot(culture, 'reform-late')
  await office.goto(culture.url())
  await press(office, '确认到岗')

  // 12 the training list names four; after a training at which three sign in by the code on the screen, one
  await office.goto('/trainings?body=SF-WCC')
  for (const words of ['共4条', '新联络员（模拟）']) await says(office, words)
  const post = async (page, path, data) => {
    const answer = await page.request.post(path, { data, headers: { ...headers, origin: app.url } })
    const said = await answer.text()
    expect(answer.ok(), `${path} to be done: ${said}`)
    return JSON.parse(said)
  }
  const { id } = await post(office, '/meetings', { version: 0, title: '联络员培训（模拟）', kind: 'training',
    host: 'SF-WCCO', form: 'video', starts: '2024-03-21 09:00', ends: '2024-03-21 10:30', chair_unit: 'SF-WCC' })
  const training = '/meetings/' + id
  await post(office, training + '/agenda', { title: '履职和监测统计（模拟）', kind: 'train', visible_to: 'all',
    subjects: ['duties', 'statistics'], hours: '2' })
  const people = { 'SF-SPO': ['sport-liaison', '市体育局·联络员丙（演示）'],
    'SF-HOU': ['housing-liaison', '市住房城乡建设局·统计员甲（演示）'],
    'SF-CUL': ['culture-leader', '新联络员（模拟）'] }
  await post(office, training + '/invite', { units: Object.keys(people), capacity: 'attend', level: 'any', seats: 1 })
  const notice = '/letters/' + (await post(office, training + '/notice', { body: '请参加。（模拟）' })).letter
  const colleague = await user()
  await signIn(colleague, 'office-b')
  await colleague.goto(notice)
  await press(colleague, '核稿无误，定稿')
  await director.goto(notice)
  await director.fill('[name=phrase]', app.phrase())
  await press(director, '签发')
  await office.goto(notice)
  await press(office, '编号发出')
  await office.goto(training + '/notify')
  await office.fill('[name=reason]', '改革后接手的人要马上上手（模拟）')
  await press(office, '开始收回执')
  const { meeting } = await (await office.request.get(training, { headers })).json()
  for (const { id: invitation, unit } of meeting.invitations) {
    const [login, name] = people[unit], page = await user()
    await signIn(page, login)
    await post(page, training + '/reply', { invitation, name: { 1: name }, title: { 1: '工作人员' },
      level: { 1: 'any' } })
  }
  await press(office, '下一天')
  await office.goto(training + '/screen')
  const code = await office.getByRole('link', { name: '用手机扫码签到' }).getAttribute('href')
  const guest = await user()
  await guest.setViewportSize({ width: 390, height: 844 })
  for (const [unit, [, name]] of Object.entries(people)) {
    await guest.goto(code)
    await guest.selectOption('[name=unit]', unit)
    await guest.fill('[name=name]', name)
    await press(guest, '签到')
    await says(guest, '签到成功', 'body')
  }
  await office.goto(training)
  await agree(office, office.getByRole('button', { name: '确认召开', exact: true }))
  await office.goto('/trainings?body=SF-WCC')
  await says(office, '共1条')
  await shot(office, 'reform-trained')

  // 13 and 14 the papers, and every step in the trail
  await office.goto('/network')
  for (const name of ['委员名单', '联络员通讯录']) {
    const [file] = await Promise.all([office.waitForEvent('download'),
      office.locator('main a[download]', { hasText: name }).first().click()])
    expect(file.suggestedFilename().endsWith('.docx'), `${name} to be saved as .docx, not as ${file.suggestedFilename()}`)
  }
  await office.goto(at)
  for (const step of ['拟定', '预演', '批准', '生效']) await says(office, step, '.trail, #trail')
}
