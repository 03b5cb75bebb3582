// A bar at the top of the page while something takes longer than 300 ms.
let running = 0
let timer

export function busy(promise) {
  running++
  timer ??= setTimeout(() => document.body.classList.add('is-busy'), 300)
  promise.finally(() => {
    if (--running === 0) reset()
  }).catch(() => {}) // whoever started it deals with its failure
  return promise
}

function reset() {
  running = 0
  clearTimeout(timer)
  timer = undefined
  document.body.classList.remove('is-busy')
}

// A page that comes back from the browser's cache still shows the bar of the request that left it.
addEventListener('pageshow', event => { if (event.persisted) reset() })
