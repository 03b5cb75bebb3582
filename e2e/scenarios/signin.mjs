// The sign-in page is there, says what the product may not be used for, and refuses a wrong password in words. Going
// back shows what is true now, and nothing to who has signed out.
export default async function ({ app, user, shot, becomes, expect, press, says, signIn, until }) {
  const page = await user()
  await page.goto('/signin')
  await says(page, '非涉密系统，严禁处理、传输国家秘密', 'body')
  await says(page, '独立开源项目，与任何机关无隶属关系', 'body')
  await shot(page, 'signin')

  await page.fill('input[name=name]', 'office')
  await page.fill('input[name=password]', 'not the password')
  await press(page, page.locator('main button[type=submit]'))
  await page.getByRole('alert').waitFor()
  await becomes(() => page.inputValue('input[name=name]'), 'office', 'the name still there after a refusal')
  await becomes(() => page.inputValue('input[name=password]'), '', 'the password not repeated')

  await press(page, page.locator('button[name=lang]'))
  await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
  expect(page.url().startsWith(app.url), 'to stay on the same host')

  await signIn(page, 'office')
  await page.goto('/checks')
  await says(page, 'Figure check')
  await page.goto('/profile')
  const kept = await page.request.post('/checks', { form: { text: 'The roster holds 27 names.' } })
  expect(kept.ok(), 'a text checked from elsewhere')
  await page.goBack()
  await says(page, 'The roster holds')
  await page.goForward()
  await page.locator('.menu-user > summary').click()
  await press(page, page.locator('form[action="/signout"] button'))
  await page.goBack()
  await until(() => page.url().includes('/signin'), 'asked to sign in when going back after signing out')
}
