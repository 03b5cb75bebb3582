// How a scenario waits: a page answers an action when it likes, so no scenario reads it once and judges. What is read
// here is read again until it is as wanted, or 15 seconds have gone.
const patience = 15_000, pause = 50

// until asks again until it holds, and says what did not. A page between two documents cannot be asked; it is later.
export async function until(holds, what) {
  for (const deadline = Date.now() + patience; ;) {
    let fault = ''
    try {
      if (await holds()) return
    } catch (error) {
      fault = ` (${error.message})`
    }
    if (Date.now() > deadline) throw new Error(`expected ${typeof what === 'function' ? what() : what}${fault}`)
    await new Promise(done => setTimeout(done, pause))
  }
}

// becomes reads until it reads what is wanted.
export async function becomes(read, wanted, what) {
  let last
  await until(async () => (last = await read()) === wanted,
    () => `${what}: ${JSON.stringify(wanted)}, not ${JSON.stringify(last)}`)
}

// says waits for words in a part of the page.
export async function says(page, words, part = 'main') {
  let text = ''
  await until(async () => (text = await page.locator(part).innerText({ timeout: 1000 })).includes(words),
    () => `${page.url()} to say “${words}”; it says:\n${text.slice(0, 600)}`)
}

// press clicks what sends a form or leads on, and waits for the whole page that answers, at the same address or not.
// Whoever only looks for the new address or for words may find the page that is about to go.
export async function press(page, target) {
  const button = typeof target === 'string' ? page.getByRole('button', { name: target, exact: true }) : target
  await Promise.all([page.waitForEvent('load'), button.click()])
}

// expect is for what is read already and changes no more, such as a file or an address; scripts/lint keeps it so.
export function expect(holds, what) {
  if (!holds) throw new Error(`expected ${what}`)
}
