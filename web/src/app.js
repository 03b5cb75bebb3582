// Every page loads this. What only some pages need is fetched when they have it.
import htmx from 'htmx.org/dist/htmx.esm.js'
import { wireForms } from './forms.js'
import { wireMenus } from './menus.js'
import { busy } from './busy.js'
import { say } from './notice.js'

// Lets the browser's own menus and the module loader find nothing to do twice when htmx swaps a part in.
function mount(root) {
  if (root.querySelector('[data-grid]')) import('./grid.js').then(m => m.mountGrids(root))
  if (root.querySelector('[data-chart]')) import('./chart.js').then(m => m.mountCharts(root))
}

document.addEventListener('htmx:load', event => mount(event.detail.elt.parentElement ?? document))
document.addEventListener('htmx:beforeRequest', event => busy(new Promise(done => {
  event.detail.xhr.addEventListener('loadend', done)
})))
for (const failure of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) {
  document.addEventListener(failure, () => say(document.body.dataset.failed))
}
htmx.config.timeout = 60_000

wireForms()
wireMenus()
