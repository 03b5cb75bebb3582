// Checked texts: a mark in the text and its entry in the list are selected together, the list is filtered in place, and
// keys lead from figure to figure. Without script the same is done by links. And the form that sends a text, with its
// progress.
import { busy } from './busy.js'
import { say } from './notice.js'

export function mountChecks(root) {
  for (const box of root.querySelectorAll('[data-check]:not(.check-none, [data-mounted])')) new Check(box)
  for (const form of root.querySelectorAll('[data-upload]:not([data-mounted])')) upload(form)
}

class Check {
  constructor(box) {
    this.box = box
    this.side = box.querySelector('.check-side')
    this.list = box.querySelector('#check-list')
    this.entries = new Map([...this.list.children].map(entry => [entry.id.slice(2), entry]))
    if (box.dataset.filter) this.show()
    this.help = document.getElementById('check-keys')
    box.dataset.mounted = ''
    box.querySelector('[data-keys]').hidden = false
    box.addEventListener('click', event => this.click(event))
    document.addEventListener('keydown', event => this.key(event))
    const selected = box.querySelector('.mark.is-selected')
    if (selected) requestAnimationFrame(() => this.select(selected.id.slice(2), 'page')) // once it is laid out
  }

  marks() {
    const { filter } = this.box.dataset
    return [...this.box.querySelectorAll(filter ? '.mark-' + filter : '.mark')]
  }

  wanted(entry) {
    const { filter } = this.box.dataset
    return !filter || entry.classList.contains('entry-' + filter) || entry.classList.contains('is-selected')
  }

  // show puts only the wanted entries into the list: hiding the others by style takes seconds where there are
  // thousands.
  show() { this.list.replaceChildren(...[...this.entries.values()].filter(entry => this.wanted(entry))) }

  // entry is that of the selected figure.
  entry() { return this.entries.get(this.selected()?.id.slice(2)) }

  selected() { return this.box.querySelector('.mark.is-selected') }

  // select shows a figure on both sides; from is the side where it was chosen, which does not move.
  select(start, from) {
    const mark = document.getElementById('m-' + start)
    const entry = this.entries.get(start)
    if (!mark || !entry) return
    const old = this.entry()
    this.selected()?.classList.remove('is-selected')
    old?.classList.remove('is-selected')
    mark.classList.add('is-selected')
    entry.classList.add('is-selected')
    if (!entry.isConnected || old && !this.wanted(old)) this.show()
    if (from !== 'list') this.open(true)
    if (from !== 'list') center(this.list, entry)
    if (from !== 'text') reveal(mark, from === 'key')
    if (from === 'key') mark.focus({ preventScroll: true })
    this.remember()
  }

  click(event) {
    const at = selector => event.target.closest(selector)
    const mark = at('.mark')
    const chip = at('a[data-verdict]')
    const edit = at('a[data-edit]')
    if (mark) this.select(mark.id.slice(2), 'text')
    else if (chip) this.filter(chip.dataset.verdict)
    else if (at('[data-others]')) this.others()
    else if (at('[data-keys]')) return this.help.showModal()
    else if (at('[data-toggle-list]')) return this.open(!this.side.classList.contains('is-open'))
    else if (edit) this.edit(edit)
    else if (at('[data-cancel]')) at('.correct').remove()
    else {
      const entry = at('.entry')
      if (!entry || at('a:not(.entry-figure), button, form')) return
      this.select(entry.id.slice(2), 'list')
    }
    event.preventDefault()
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.target.closest('input, textarea, select, [contenteditable], dialog')) return
    const inside = this.box.contains(event.target)
    const steps = { j: 1, k: -1, ...(inside && { ArrowDown: 1, ArrowUp: -1 }) }
    if (steps[event.key]) this.step(steps[event.key])
    else if (event.key === 'f') this.filter(this.box.dataset.filter === 'contradicted' ? '' : 'contradicted')
    else if (event.key === '?') this.help.showModal()
    else if (event.key === 'Escape') this.open(false)
    else if (event.key === 'Enter' && event.target.matches('body, .mark, #check-list')) this.proof()
    else return
    event.preventDefault()
  }

  step(by) {
    const marks = this.marks()
    if (!marks.length) return
    const now = this.selected()
    let to = marks.indexOf(now) + by
    if (now && !marks.includes(now)) { // hidden by the filter: go on from where it stands
      const after = marks.findIndex(m => now.compareDocumentPosition(m) & Node.DOCUMENT_POSITION_FOLLOWING)
      to = by > 0 ? (after < 0 ? marks.length - 1 : after) : (after < 0 ? marks.length : after) - 1
    }
    this.select(marks[now ? Math.max(0, Math.min(to, marks.length - 1)) : 0].id.slice(2), 'key')
  }

  proof() {
    this.entry()?.querySelector('[data-proof]')?.click()
  }

  filter(verdict) {
    const chips = [...this.box.querySelectorAll('a[data-verdict]')]
    if (!chips.some(c => c.dataset.verdict === verdict)) return // there are none of these
    this.box.dataset.filter = verdict
    for (const chip of chips) {
      if (chip.dataset.verdict === verdict) chip.setAttribute('aria-current', 'true')
      else chip.removeAttribute('aria-current')
    }
    const count = this.marks().length
    for (const shown of this.box.querySelectorAll('[data-shown]')) shown.textContent = count
    this.show()
    const selected = this.selected()
    if (selected && !this.marks().includes(selected)) this.step(1) // else the figure on view is none of those asked for
    else if (selected) center(this.list, this.entry())
    for (const field of this.box.querySelectorAll('input[name=verdict]')) field.value = verdict
    this.remember()
  }

  others() {
    const on = this.box.classList.toggle('check-others')
    this.box.querySelector('[data-others]').setAttribute('aria-pressed', on)
    this.remember()
  }

  // open shows the list on a narrow screen, where it lies over the foot of the text.
  open(on) {
    this.side.classList.toggle('is-open', on)
    this.side.querySelector('[data-toggle-list]').setAttribute('aria-expanded', on)
  }

  edit(link) {
    this.box.querySelector('form.correct')?.remove()
    const form = document.getElementById('correct-form').content.firstElementChild.cloneNode(true)
    const entry = link.closest('.entry')
    form.action = `${this.box.dataset.check}/figures/${entry.id.slice(2)}/correct`
    form.elements.verdict.value = this.box.dataset.filter
    entry.append(form)
    this.select(entry.id.slice(2), 'list')
    form.elements.indicator.focus({ preventScroll: true })
    center(this.list, entry)
  }

  // remember keeps what is shown in the address, so that it is there again after a look at a proof.
  remember() {
    const query = new URLSearchParams()
    if (this.box.dataset.filter) query.set('verdict', this.box.dataset.filter)
    const now = this.selected()
    if (now) query.set('start', now.id.slice(2))
    if (this.box.classList.contains('check-others')) query.set('others', 'true')
    // a refused correction has another path
    history.replaceState(null, '', this.box.dataset.check + (`${query}` && '?' + query))
  }
}

// center scrolls the list alone, not the page.
function center(list, entry) {
  const space = Math.max(0, (list.clientHeight - entry.offsetHeight) / 2)
  list.scrollTop += entry.getBoundingClientRect().top - list.getBoundingClientRect().top - space
}

function reveal(mark, always) {
  const { top, bottom } = mark.getBoundingClientRect()
  if (always || top < 80 || bottom > innerHeight * .5) mark.scrollIntoView({ block: 'center', inline: 'nearest' })
}

// upload sends the form with its bytes counted. A refusal shows the page that came back, with the file still chosen.
function upload(form) {
  form.dataset.mounted = ''
  form.addEventListener('submit', event => {
    event.preventDefault()
    event.stopPropagation() // forms.js would think that the page leaves
    const box = form.querySelector('[data-upload-progress]')
    const bar = box.querySelector('progress')
    const words = box.querySelector('[role=status]')
    const button = form.querySelector('[type=submit]')
    const chosen = form.elements.file.files
    if (chosen[0]?.size > 20 << 20) return say(box.dataset.big) // the server would break off half way
    const request = new XMLHttpRequest()
    const end = () => { button.disabled = false; box.hidden = true }
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      bar.value = loaded / total * 100
      words.textContent = box.dataset.sending.replace('{sent}', size(loaded)).replace('{total}', size(total))
    })
    request.upload.addEventListener('load', () => {
      bar.removeAttribute('value')
      words.textContent = box.dataset.checking
    })
    request.addEventListener('load', () => {
      const to = request.getResponseHeader('HX-Redirect')
      if (to) return location.assign(to) // the check itself is made for that page: the bar stays until it is here
      const page = new DOMParser().parseFromString(request.responseText, 'text/html')
      const main = page.querySelector('main')
      if (!main?.querySelector('[data-upload]')) {
        end()
        return say(main?.querySelector('.error-page p:not(.error-status)')?.textContent ?? document.body.dataset.failed)
      }
      document.querySelector('main').replaceWith(document.adoptNode(main))
      const again = main.querySelector('[data-upload]')
      again.elements.file.files = chosen
      mountChecks(main)
      main.scrollIntoView()
      main.querySelector('.is-invalid')?.focus()
    })
    request.addEventListener('error', () => { end(); say(document.body.dataset.failed) })
    request.open('POST', form.action)
    request.setRequestHeader('HX-Request', 'true') // the way to go on comes as a header
    request.setRequestHeader('Accept', 'text/html')
    request.send(new FormData(form))
    busy(new Promise(done => request.addEventListener('loadend', done)))
    bar.value = 0
    words.textContent = ''
    box.hidden = false
    button.disabled = true
  })
  addEventListener('pageshow', event => {
    if (!event.persisted) return
    form.querySelector('[data-upload-progress]').hidden = true
  })
}

const size = bytes => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`
