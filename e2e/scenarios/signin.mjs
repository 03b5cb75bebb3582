// The sign-in page is there, says what the product may not be used for, and refuses a wrong password in words.
export default async function ({ app, user, shot, expect }) {
  const page = await user()
  await page.goto('/signin')
  const text = await page.locator('body').innerText()
  expect(text.includes('非涉密系统，严禁处理、传输国家秘密'), 'the notice against state secrets')
  expect(text.includes('独立开源项目，与任何机关无隶属关系'), 'the notice of independence')
  await shot(page, 'signin')

  await page.fill('input[name=name]', 'office')
  await page.fill('input[name=password]', 'not the password')
  await page.click('main button[type=submit]')
  await page.getByRole('alert').waitFor()
  expect(await page.inputValue('input[name=name]') === 'office', 'the name still there after a refusal')
  expect(await page.inputValue('input[name=password]') === '', 'the password not repeated')

  await page.click('button[name=lang]')
  await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
  expect(page.url().startsWith(app.url), 'to stay on the same host')
}
