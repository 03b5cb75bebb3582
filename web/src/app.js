// Every page loads this. What only some pages need is fetched when they have it.
import htmx from 'htmx.org/dist/htmx.esm.js'
import { wireForms } from './forms.js'
import { foldFilters, wireFilters } from './filters.js'
import { wireFolds } from './folds.js'
import { labelRows } from './labels.js'
import { wireBack } from './back.js'
import { wireMenus } from './menus.js'
import { busy } from './busy.js'
import { forgetPages } from './field-cache.js'
import { say } from './notice.js'
import { wireSession } from './session.js'

// Nothing that the content policy forbids (styles of its own, eval); a refused form is shown again in place.
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  historyCacheSize: 0,
  timeout: 60_000,
  responseHandling: [
    { code: '204', swap: false }, { code: '[23]..', swap: true }, { code: '4(09|22)', swap: true },
    { code: '[45]..', swap: false, error: true },
  ],
})

function mount(root) {
  labelRows(root)
  foldFilters(root)
  if (root.querySelector('[data-grid]')) import('./grid.js').then(m => m.mountGrids(root))
  if (root.querySelector('fieldset[data-choose]')) import('./choose.js').then(m => m.mountChoices(root))
  if (root.querySelector('[data-draft-bar]')) import('./draft.js').then(m => m.mountDrafts(root))
  if (root.querySelector('[data-chart]')) import('./chart.js').then(m => m.mountCharts(root))
  if (root.querySelector('[data-field]')) import('./field.js').then(m => m.mountField(root))
  if (root.querySelector('[data-check], [data-upload]')) import('./check.js').then(m => m.mountChecks(root))
}

document.addEventListener('htmx:load', event => mount(event.detail.elt.parentElement ?? document))
document.addEventListener('htmx:beforeRequest', event => busy(new Promise(done => {
  event.detail.xhr.addEventListener('loadend', done)
})))
for (const failure of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) {
  document.addEventListener(failure, () => say(document.body.dataset.failed))
}

// a phone that somebody signs out of shows nothing more without a network
document.addEventListener('submit', event => { if (event.target.action.endsWith('/signout')) forgetPages() })

if (document.body.dataset.wall !== undefined) import('./wall.js').then(m => m.mountWall())

wireBack()
wireSession() // before the others: what is held back, nobody else is asked about
wireForms()
wireFilters()
wireFolds()
wireMenus()
