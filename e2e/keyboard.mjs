// A page by keyboard alone, from the top to the end: the first stop leads past the navigation, every link, button and
// field is a stop, each shows that it has the focus and is on the screen, and no stop keeps it. What a key does at a
// stop is for the scenarios.
const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]'

export async function faultsByKeyboard(page) {
  await page.emulateMedia({ reducedMotion: 'reduce' }) // what scrolls slowly is not on the screen yet
  await page.reload() // so that the first stop is the page's, wherever the focus was
  const total = await page.evaluate(controls => {
    const stops = [...document.querySelectorAll(controls)]
      .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }))
    window.unreached = new Set(stops)
    window.stopped = new Set()
    return stops.length
  }, controls)
  const faults = []
  for (let pressed = 0; ; pressed++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(arrive)
    if (!at) break
    if (pressed === 0 && !at.skips) faults.push(`the first stop does not lead to the page: ${at.name}`)
    if (!at.shown) faults.push(`its focus is not seen: ${at.name}`)
    if (!at.inside) faults.push(`it is not on the screen: ${at.name}`)
    if (pressed > 3 * total + 20) {
      faults.push(`the focus does not get past ${at.name}`)
      break
    }
  }
  await page.emulateMedia({ reducedMotion: null })
  const left = await page.evaluate(() => [...window.unreached].map(e => `${e.tagName} ${e.name || e.textContent.trim()}`))
  faults.push(...left.map(name => `no key leads to ${name.slice(0, 40)}`))
  return faults.map(fault => `${new URL(page.url()).pathname}: ${fault}`)
}

// arrive notes where the focus is, in the page; nothing at the end, when it leaves the page or begins anew. A field of
// a date has several stops of its own; of the buttons of one choice one is a stop.
function arrive() {
  const e = document.activeElement
  if (!e || e === document.body || (window.stopped.has(e) && e !== window.last)) return undefined
  window.stopped.add(e)
  window.last = e
  for (const one of [...window.unreached]) {
    if (one === e || (e.type === 'radio' && one.type === 'radio' && one.name === e.name)) window.unreached.delete(one)
  }
  const seen = [e, e.closest('td, label')].filter(Boolean).map(one => getComputedStyle(one))
  const box = e.getBoundingClientRect()
  return {
    name: `${e.tagName} ${(e.name || e.textContent).trim().slice(0, 40)}`, skips: e.matches('.skip'),
    shown: seen.some(s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  }
}
