// Saves a form as it is filled in. The page carries a version that every save answers anew, and beside every cell what
// was saved in it, so that two people in one form keep what each has typed: only a cell that both changed is held back
// until this one chooses. What is not saved stays in this tab (kept.js), whatever becomes of the session or the page.
import { busy } from './busy.js'
import { keep, kept, ofEarlier } from './kept.js'
import { released } from './press.js'
import { signIn } from './signin.js'

export class Autosave {
  saving = null
  stopped = false // the form can no longer be saved

  constructor(form, bar, grid) {
    Object.assign(this, { form, grid, words: bar.dataset, state: bar.querySelector('[data-grid-state]') })
    this.settled()
    form.addEventListener('input', event => {
      event.target.held = false // whoever types on has seen what the other saved
      this.show('unsaved')
      keep(this.form, this.inputs())
    })
    document.addEventListener('submit', event => this.submit(event), true)
    addEventListener('beforeunload', event => { if (this.dirty() && !this.leaving) event.preventDefault() })
    addEventListener('pageshow', () => { this.leaving = false })
  }

  inputs() { return [...this.form.elements].filter(e => e.name && 'defaultValue' in e && e.type !== 'hidden') }

  dirty() { return this.inputs().some(e => e.value !== e.defaultValue) }

  // pending says whether there is something to save that waits for no choice.
  pending() { return this.inputs().some(e => e.value !== e.defaultValue && !e.held) }

  // restore brings back what this tab could not save before, unless it is saved by now.
  restore() {
    const earlier = ofEarlier(this.form)
    if (earlier) return void this.carry(earlier)
    let n = 0
    for (const [input, value, was] of kept(this.form, this.inputs())) {
      const saved = input.defaultValue
      if (value === saved) continue
      input.value = value // the browser may have brought it back itself
      n++
      if (was !== saved && input.dataset.cell) this.hold(input, '')
    }
    if (n === 0) return
    this.grid.mark()
    this.grid.say('restored', { n })
    this.soon()
  }

  // carry sends what was typed into an earlier edition of the form: the server knows where it belongs now.
  async carry(earlier) {
    this.show('saving')
    let answer, body
    try {
      [answer, body] = await this.post(earlier)
    } catch {
      setTimeout(() => this.carry(earlier), 5000)
      return this.show('failed')
    }
    if (answer.status === 401) {
      this.show('signedOut')
      return await signIn() ? this.carry(earlier) : undefined
    }
    if (!answer.ok) return this.show('failed', body.error)
    if (await this.save()) this.anew()
  }

  async post(body) {
    const headers = { Accept: 'application/json' }
    const answer = await fetch(this.form.dataset.save, { method: 'POST', headers, body })
    return [answer, await answer.json()]
  }

  // anew shows the page as it is now: its cells are others.
  anew() {
    keep(this.form, [])
    this.leaving = true
    location.reload()
  }

  soon() {
    this.settled()
    keep(this.form, this.inputs())
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), 800)
  }

  // save sends what is there now; one at a time, and once more if something was typed meanwhile. It says whether all
  // is saved. A save that must happen asks the server even if nothing has changed.
  async save(must = false) {
    clearTimeout(this.timer)
    if (this.saving) await this.saving
    if (this.stopped || !this.form.dataset.save) return false
    if (!this.pending() && !must) return !this.dirty()
    this.saving = busy(this.send())
    try {
      return await this.saving
    } finally {
      this.saving = null
    }
  }

  async send() {
    this.show('saving')
    const sent = this.inputs().filter(e => !e.held).map(e => [e, e.value])
    const data = new URLSearchParams(new FormData(this.form))
    for (const input of this.inputs()) if (input.held) data.delete(input.name)
    let answer, body
    try {
      [answer, body] = await this.post(data)
      await released() // what is said below a cell moves the button that may be pressed just now
    } catch {
      this.timer = setTimeout(() => this.save(), 5000)
      this.show('failed')
      return false
    }
    if (answer.status === 401) {
      this.show('signedOut')
      return await signIn() ? this.send() : false
    }
    if (answer.status === 409 && this.conflict(body.fields)) return this.send()
    if (!answer.ok) {
      this.stopped = answer.status === 409
      this.show('failed', [body.error, ...Object.values(body.fields ?? {})].filter(Boolean).join(' '))
      return false
    }
    if (body.moved) { // what waited for a choice is kept beside the draft, so nothing is left on this page
      const held = this.inputs().filter(e => e.held)
      for (const input of held) input.held = false
      for (const [input, value] of sent) {
        const was = this.form.elements[input.name.replace(/^cells/, 'was')]
        if (was && was !== input) was.value = value
      }
      return held.length || sent.some(([e, value]) => e.value !== value) ? this.send() : (this.anew(), false)
    }
    this.adopt(body, sent)
    return !this.dirty()
  }

  // conflict holds back the cells that somebody else has changed too, and says whether there were any.
  conflict(fields = {}) {
    const cells = this.inputs().filter(e => fields[e.name] && !e.held && e.dataset.cell)
    for (const input of cells) this.hold(input, fields[input.name])
    return cells.length > 0
  }

  hold(input, text) {
    input.held = true
    input.conflict = text || this.words.conflict.replace('{saved}', input.defaultValue).replace('{mine}', input.value)
    this.grid.judge(input, input.conflict, [...new Set([input.defaultValue, input.value])])
  }

  // adopt takes over what is saved now, by this user and by others.
  adopt({ version, cells, marks = {}, was = {} }, sent) {
    if (version !== undefined) {
      // other forms of the page, such as the one that signs, name the version too
      document.querySelectorAll('input[name=version]').forEach(e => { e.value = version })
    }
    const before = new Map(sent)
    for (const input of this.inputs()) {
      const mine = before.get(input)
      const saved = input.dataset.cell && cells ? cells[input.dataset.cell] ?? '' : mine
      if (saved === undefined) continue // held back, and nothing said about it
      const untouched = input.value === mine
      input.defaultValue = saved
      if (untouched) input.value = saved
      const was = this.form.elements[input.name.replace(/^cells/, 'was')]
      if (was && was !== input) was.value = saved
      if (!input.dataset.cell) continue
      if (input.held) this.grid.judge(input, input.conflict, [saved, input.value])
      else if (untouched) this.grid.judge(input, marks[input.name] ?? '')
    }
    for (const [name, text] of Object.entries(was)) {
      const known = this.form.elements[`was[${name}]`]
      if (known) known.value = text
    }
    keep(this.form, this.inputs())
    this.grid.mark()
    this.settled()
  }

  // submit lets a form of this page go only after the grid is saved, or it would name an old version, and nothing that
  // was typed depends on what becomes of the next page.
  async submit(event) {
    const { target: form, submitter } = event
    const own = form === this.form
    if (this.passing || form.method === 'dialog' || form.closest('dialog')) return
    if (this.form.dataset.save && !this.stopped && (own || this.saving || this.dirty())) {
      event.preventDefault()
      event.stopPropagation()
      const saved = await this.save(own)
      if (!saved && !(own && this.stopped)) return
      this.passing = true
      form.requestSubmit(submitter)
      this.passing = false
      return
    }
    clearTimeout(this.timer)
    this.leaving = own
  }

  settled() {
    const wrong = this.grid.wrong().length
    if (this.inputs().some(e => e.held)) return this.show('held')
    if (this.dirty()) return this.show('unsaved')
    this.show('saved', wrong && this.words.wrong?.replace('{n}', wrong))
  }

  show(state, text) {
    this.state.textContent = text || this.words[state]
    this.state.className = 'grid-state is-' + state + (state === 'saved' && text ? ' is-wrong' : '')
  }
}
