// The sign-in page is there, says what the product may not be used for, and refuses a wrong password in words.
export default async function ({ app, user, shot, becomes, expect, press, says }) {
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
}
