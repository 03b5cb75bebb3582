// What a phone keeps of the pages of visits, for the page (field.js) and its service worker alike; no notes, which are
// in field-store.js.
export const keeper = 'yipanqi-field'

// Such a page is for the days of one visit; an older copy is not shown.
const longest = 7 * 24 * 3600 * 1000

export const fieldPage = url => /^\/visits\/[^/]+\/field$/.test(url.pathname)

export const old = (answer, now = Date.now()) => !(now - Date.parse(answer.headers.get('date')) < longest)

// keepPage keeps the page that is open now and every built file that it has loaded. The first time it is opened no
// worker stands behind it yet.
export async function keepPage() {
  const cache = await caches.open(keeper)
  const answer = await fetch(location.pathname)
  if (answer.ok && !answer.redirected) await cache.put(location.pathname, answer)
  const loaded = performance.getEntriesByType('resource').map(e => new URL(e.name))
    .filter(u => u.origin === location.origin && u.pathname.startsWith('/assets/')).map(u => u.pathname)
  for (const path of new Set(loaded)) if (!await cache.match(path)) await cache.add(path)
}

// forgetPages drops all of them, for a phone that somebody signs out of.
export const forgetPages = () => globalThis.caches?.delete(keeper)
