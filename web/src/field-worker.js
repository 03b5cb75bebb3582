// The service worker of visits: a page for the field that was opened once opens again where there is no network. It
// keeps those pages and the built files they load, nothing else, and sends nothing: what was noted is sent by the page
// (field.js). What the server no longer shows is forgotten as soon as the server says so.
import { fieldPage, keeper, old } from './field-cache.js'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate' && fieldPage(url)) event.respondWith(page(request, url))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request))
})

// page asks the server first; a basement may take the question and never answer it.
async function page(request, url) {
  const cache = await caches.open(keeper)
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(8000) })
    if (answer.ok && !answer.redirected) await cache.put(url.pathname, answer.clone())
    else if (answer.status < 500) await cache.delete(url.pathname) // signed out, or not theirs any more
    return answer
  } catch (error) {
    const kept = await cache.match(url.pathname)
    if (!kept) throw error
    if (old(kept)) {
      await cache.delete(url.pathname)
      throw error
    }
    return kept
  }
}

// asset is a file whose name changes with its content, so what is kept is right.
async function asset(request) {
  const cache = await caches.open(keeper)
  const kept = await cache.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}
