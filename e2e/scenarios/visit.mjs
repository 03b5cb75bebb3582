// A visit on a phone whose network is cut: the office forms a group and plans today's visit, a member opens its page,
// writes six notes with four photos where there is no network, reloads the page there, and once the network is back all
// of it has arrived, each once. What is refused stays on the phone with its reason; somebody else's session sends
// nothing of it; who signs out leaves no page behind.
import { wired } from '../wire.mjs'

export const sample = 'shifan'

const phone = { width: 390, height: 844 }
const headers = { accept: 'application/json' }
const today = '2024-03-15'

// picture is the smallest JPEG that says where it was taken, one of its own for each n.
function picture(n) {
  const exif = Buffer.from(`Exif\0\0MM\0*\0\0\0\b\0\0GPS ${n}`)
  const body = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////' +
    '////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=', 'base64')
  const size = Buffer.alloc(2)
  size.writeUInt16BE(exif.length + 2)
  return { name: `现场${n}.jpg`, mimeType: 'image/jpeg',
    buffer: Buffer.concat([body.subarray(0, 2), Buffer.from([0xff, 0xe1]), size, exif, body.subarray(2)]) }
}

export default async function ({ app, user, signIn, shot, becomes, expect, press, says, until }) {
  const office = await user()
  await signIn(office, 'office')
  await office.goto('/supervision/groups/new')
  await office.fill('[name=title]', '手机督导组（模拟）')
  await office.getByLabel('西川区').check()
  await office.fill('[name=trained_on]', today)
  const seats = [['市教育局·单位负责人乙', 'unit_leader', 'head'], ['市教育局·联络员丙', 'unit_staff', 'member'],
    ['人大代表甲（模拟）', 'deputy', 'member'], ['政协委员乙（模拟）', 'cppcc', 'member'],
    ['专家丙（模拟）', 'expert', 'member']]
  for (const [i, [name, kind, part]] of seats.entries()) {
    const person = office.locator(`[name="members[${i + 1}.person]"]`)
    const option = person.locator('option', { hasText: name })
    if (await option.count()) await person.selectOption(await option.first().getAttribute('value'))
    else await office.fill(`[name="members[${i + 1}.name]"]`, name)
    await office.selectOption(`[name="members[${i + 1}.kind]"]`, kind)
    await office.selectOption(`[name="members[${i + 1}.part]"]`, part)
  }
  await press(office, '保存')
  await says(office, '手机督导组（模拟）')
  await shot(office, 'visit-group')
  const { groups } = await (await office.request.get('/supervision/groups', { headers })).json()
  const group = groups.find(g => g.title === '手机督导组（模拟）').id
  const planned = await office.request.post('/visits', { headers: { ...headers, origin: app.url },
    form: { group, area: '990102', on: today, methods: 'files', agenda: '查阅档案\n看两个点位', unannounced: 'true' } })
  const answer = await planned.text()
  expect(planned.ok(), `the visit to be planned: ${answer}`)
  const { visits } = await (await office.request.get('/visits', { headers })).json()
  const { id } = visits.find(v => v.on === today)
  const at = `/visits/${id}/field`

  const wire = await wired(app)
  const member = await user(wire)
  await member.setViewportSize(phone)
  await signIn(member, 'education-liaison')
  await member.goto(at)
  await says(member, '都已发送')
  await until(() => member.locator('[data-field][data-kept=yes]').count(), 'the page to be kept on the phone')
  await until(() => member.evaluate(() => Boolean(navigator.serviceWorker.controller)), 'the worker behind the page')
  await shot(member, 'visit-field')

  await wire.cut()
  const write = async (form, text, photo) => {
    const details = member.locator('details', { has: member.locator(`form#${form}`) })
    if (await details.count() && !await details.getAttribute('open').then(v => v !== null)) {
      await details.locator('summary').click()
    }
    const f = member.locator(`form#${form}`)
    await f.locator('textarea').fill(text)
    if (photo) {
      await f.locator('[name=photo]').setInputFiles(photo)
      await f.locator('[name=no_minors]').check()
    }
    await f.locator('button').first().click()
  }
  for (let n = 1; n <= 3; n++) await write('note-note-', `地下一层的情况${n}（模拟）`, picture(n))
  await write('note-finding', '母婴室没有标识（模拟）', picture(4))
  await write('note-note-', '没有照片的情况（模拟）')
  await member.locator('form[id^=note-file-]').first().locator('button').first().click()
  await says(member, '6条记录、4张照片在本机等待发送')
  await shot(member, 'visit-offline')

  await member.reload()
  await says(member, '6条记录、4张照片在本机等待发送')
  await says(member, '母婴室没有标识（模拟）', '[data-field-list]')
  const kept = async () => (await (await office.request.get(`/visits/${id}`, { headers })).json()).notes.length
  await becomes(kept, 0, 'notes that arrived without a network')

  await wire.restore()
  await member.evaluate(() => dispatchEvent(new Event('online')))
  await says(member, '都已发送')
  await becomes(kept, 6, 'notes that arrived')
  await says(member, '地下一层的情况3（模拟）', '[data-field-part=notes]')
  await member.reload()
  await becomes(kept, 6, 'notes after the page was opened again')
  await shot(member, 'visit-sent')

  // refused: a photo that nobody vouches for stays here and can be taken back
  const f = member.locator('form#note-note-')
  await f.locator('textarea').fill('大厅（模拟）')
  await f.locator('[name=photo]').setInputFiles(picture(5))
  await f.locator('button').click()
  await says(member, '请确认照片里没有未成年人的脸', '[data-field-list]')
  await member.locator('[data-back]').click()
  await becomes(() => f.locator('textarea').inputValue(), '大厅（模拟）', 'the text that was taken back')
  await f.locator('[name=no_minors]').check()
  await f.locator('button').click()
  await becomes(kept, 7, 'notes once the refused one was mended')

  // signed out: no page without a network, and nobody else sends what waits
  await wire.cut()
  await write('note-note-', '还没有发送的情况（模拟）')
  await says(member, '1条记录')
  await member.context().clearCookies() // first: with the network back the page sends what waits by itself
  await wire.restore()
  await signIn(member, 'education-leader')
  await member.goto(at)
  await says(member, '都已发送')
  await becomes(kept, 7, 'notes while somebody else is signed in')
  await member.locator('.menu-user > summary').click()
  await press(member, member.locator('form[action="/signout"] button'))
  await becomes(() => member.evaluate(async () => (await caches.keys()).length), 0, 'pages kept after signing out')
  await signIn(member, 'education-liaison')
  await member.goto(at)
  await becomes(kept, 8, 'notes once their writer came back')
  await wire.stop()
}
