// Saves a long form of texts while it is written, as its button does: a pause, and it is on the server. What cannot be
// saved stays in this tab (kept.js) until it can. The cells of a report are autosave.js's: there each cell is judged.
import { busy } from './busy.js'
import { keep, kept } from './kept.js'
import { signIn } from './signin.js'

export function mountDrafts(root) {
  for (const form of root.querySelectorAll('form[data-save]:not([data-grid])')) new Draft(form)
}

class Draft {
  saving = null
  stopped = false // what is typed is refused: the button shows the page that says why

  constructor(form) {
    this.form = form
    this.state = form.querySelector('[data-draft-state]')
    for (const [input, value, was] of kept(form, this.inputs())) {
      if (value === input.defaultValue || was !== input.defaultValue) continue // saved by now, or changed by another
      input.value = value
      this.show('restored')
      this.soon()
    }
    form.addEventListener('input', () => {
      this.stopped = false
      this.show('unsaved')
      this.soon()
    })
    document.addEventListener('submit', event => this.before(event), true)
  }

  inputs() { return [...this.form.elements].filter(e => e.name && 'defaultValue' in e && e.type !== 'hidden') }

  clean() { return this.inputs().every(e => e.value === e.defaultValue) }

  // before lets another form of the page go, such as the one that hands the answer in, only after this one is saved.
  async before(event) {
    const { target, submitter } = event
    if (target === this.form) return clearTimeout(this.timer)
    if (this.clean() || target.closest('dialog')) return
    event.preventDefault()
    event.stopImmediatePropagation()
    clearTimeout(this.timer)
    await this.save()
    if (this.clean()) target.requestSubmit(submitter)
    else this.state.scrollIntoView({ block: 'center' })
  }

  show(word, text = '') { this.state.textContent = [this.state.dataset[word], text].filter(Boolean).join(' ') }

  soon() {
    keep(this.form, this.inputs())
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), 1500)
  }

  async save() {
    if (this.saving) await this.saving
    if (this.stopped || this.clean()) return
    this.saving = busy(this.send())
    await this.saving
    this.saving = null
  }

  async send() {
    this.show('saving')
    const sent = this.inputs().map(e => [e, e.value])
    let answer, body
    try {
      answer = await fetch(this.form.dataset.save, { method: 'POST', headers: { Accept: 'application/json' },
        body: new URLSearchParams(new FormData(this.form)) })
      body = await answer.json()
    } catch {
      this.timer = setTimeout(() => this.save(), 5000)
      return this.show('failed')
    }
    if (answer.status === 401) {
      this.show('failed')
      return await signIn() ? this.send() : undefined
    }
    if (!answer.ok) {
      this.stopped = true
      return this.show('failed', [body.error, ...Object.values(body.fields ?? {})].filter(Boolean).join(' '))
    }
    document.querySelectorAll('input[name=version]').forEach(e => { e.value = body.version })
    for (const [name, text] of Object.entries(body.was ?? {})) {
      const was = this.form.elements[`was[${name}]`]
      if (was) was.value = text
    }
    for (const [input, value] of sent) input.defaultValue = value
    keep(this.form, this.inputs())
    this.show(this.clean() ? 'saved' : 'unsaved')
  }
}
