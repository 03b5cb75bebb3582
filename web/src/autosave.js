// Saves a form as it is filled in. The page carries a version that every save answers anew, so that two people
// in one form cannot overwrite each other unseen.
import { busy } from './busy.js'

export class Autosave {
  saving = null
  stopped = false // somebody else was faster, or the form is gone

  constructor(form, bar, saved) {
    Object.assign(this, { form, saved, words: bar.dataset, state: bar.querySelector('[data-grid-state]') })
    this.show(this.dirty() ? 'unsaved' : 'saved')
    form.addEventListener('input', () => this.show('unsaved'))
    document.addEventListener('submit', event => this.submit(event), true)
    addEventListener('beforeunload', event => { if (this.dirty() && !this.leaving) event.preventDefault() })
    addEventListener('pageshow', () => { this.leaving = false })
  }

  inputs() { return [...this.form.elements].filter(e => e.name && 'defaultValue' in e && e.type !== 'hidden') }

  dirty() { return this.inputs().some(e => e.value !== e.defaultValue) }

  soon() {
    this.show(this.dirty() ? 'unsaved' : 'saved')
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), 800)
  }

  // save sends what is there now; one at a time, and once more if something was typed meanwhile.
  async save() {
    clearTimeout(this.timer)
    if (this.saving) await this.saving
    if (this.stopped || !this.form.dataset.save || !this.dirty()) return
    this.saving = busy(this.send())
    try {
      await this.saving
    } finally {
      this.saving = null
    }
  }

  async send() {
    this.show('saving')
    const sent = this.inputs().map(e => [e, e.value])
    let answer, body
    try {
      answer = await fetch(this.form.dataset.save, {
        method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(new FormData(this.form)),
      })
      body = await answer.json()
    } catch {
      this.timer = setTimeout(() => this.save(), 5000)
      return this.show('failed')
    }
    if (!answer.ok) {
      this.stopped = answer.status === 409
      return this.show('failed', [body.error, ...Object.values(body.fields ?? {})].filter(Boolean).join(' '))
    }
    for (const [input, value] of sent) {
      input.defaultValue = value
      const was = this.form.elements[input.name.replace(/^cells/, 'was')]
      if (was && was !== input) was.value = value
    }
    if (body.version !== undefined) {
      // other forms of the page, such as the one that signs, name the version too
      document.querySelectorAll('input[name=version]').forEach(e => { e.value = body.version })
    }
    this.show(this.dirty() ? 'unsaved' : 'saved')
    this.saved()
  }

  // submit lets a form of this page go only after the grid is saved, or it would name an old version. The grid's
  // own form carries everything itself and waits only for a save on its way.
  async submit(event) {
    const { target: form, submitter } = event
    const own = form === this.form
    if (this.saving || (!own && this.dirty() && !this.stopped && this.form.dataset.save)) {
      event.preventDefault()
      event.stopPropagation()
      await (own ? this.saving : this.save())
      if (own || !this.dirty()) form.requestSubmit(submitter)
      return
    }
    clearTimeout(this.timer)
    this.leaving = own
  }

  show(state, text) {
    this.state.textContent = text || this.words[state]
    this.state.className = 'grid-state is-' + state
  }
}
