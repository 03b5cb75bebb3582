// A bar at the top of the page while something takes longer than 300 ms, and words under it once it takes long: many
// sign on the last day, and whoever waits is not to send twice.
const bar = 300
const words = 4000
let running = 0
let timer, later

export function busy(promise) {
  running++
  timer ??= setTimeout(() => document.body.classList.add('is-busy'), bar)
  later ??= setTimeout(() => { note().textContent = document.body.dataset.waiting ?? '' }, words)
  promise.finally(() => {
    if (--running === 0) reset()
  }).catch(() => {}) // whoever started it deals with its failure
  return promise
}

function note() {
  let box = document.getElementById('waiting')
  if (!box) {
    box = Object.assign(document.createElement('div'), { id: 'waiting' })
    box.setAttribute('role', 'status')
    document.body.append(box)
  }
  return box
}

function reset() {
  running = 0
  clearTimeout(timer)
  clearTimeout(later)
  timer = later = undefined
  document.getElementById('waiting')?.remove()
  document.body.classList.remove('is-busy')
}

// A page that comes back from the browser's cache still shows the bar of the request that left it.
addEventListener('pageshow', event => { if (event.persisted) reset() })
