// A person without a mouse: to a control by Tab, on by Enter or Space, and nothing else. Where the focus may not go is
// keyboard.mjs's.

// reach presses Tab until the control has the focus.
export async function reach(page, target) {
  const control = typeof target === 'string' ? page.getByRole('button', { name: target, exact: true }) : target
  await control.waitFor()
  for (let pressed = 0; pressed < 400; pressed++) {
    if (await control.evaluate(e => e === document.activeElement)) return control
    await page.keyboard.press('Tab')
  }
  throw new Error(`expected Tab to lead to ${target} on ${page.url()}`)
}

// strike presses a key on what sends a form or leads on, and waits for the whole page that answers.
export async function strike(page, target, key = 'Enter') {
  await reach(page, target)
  await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)])
}

// type writes over what stands in a field.
export async function type(page, target, text) {
  await reach(page, target)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}
