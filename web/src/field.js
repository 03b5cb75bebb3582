// Notes of a visit, taken on a phone: every form of the page is kept on the phone first, then sent, once, when there is
// a network. What the server refuses stays with its reason until somebody mends or drops it.
import { keepPage } from './field-cache.js'
import { drop, newID, put, waiting } from './field-store.js'
import { confirmed } from './forms.js'
import { say } from './notice.js'
import { signIn } from './signin.js'

const again = 10_000

export function mountField(root) {
  for (const queue of root.querySelectorAll('[data-field]')) new Field(queue).start()
}

class Field {
  sending = null

  constructor(queue) {
    Object.assign(this, { queue, words: queue.dataset, action: queue.dataset.field, person: queue.dataset.person,
      state: queue.querySelector('[data-field-state]'), list: queue.querySelector('[data-field-list]'),
      row: queue.querySelector('template') })
  }

  async start() {
    // ahead of every other listener: what is kept here is not sent by the browser too
    document.addEventListener('submit', event => {
      if (new URL(event.target.action).pathname === this.action) this.keep(event)
    }, true)
    this.list.addEventListener('click', event => this.press(event))
    addEventListener('online', () => this.send())
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.send() })
    navigator.storage?.persist?.()
    this.install()
    await this.show()
    this.send()
  }

  // install puts the worker behind the page, so that it opens without a network; a browser allows that only where the
  // connection is encrypted, or on the machine itself.
  async install() {
    if (!navigator.serviceWorker) {
      this.queue.querySelector('[data-field-online]').hidden = false
      return
    }
    try {
      await navigator.serviceWorker.register(this.words.worker, { scope: '/visits/' })
      await keepPage()
      this.queue.dataset.kept = 'yes'
    } catch { /* no network just now: the worker of the last time still stands behind the page */ }
  }

  async keep(event) {
    const { target: form, submitter } = event
    event.preventDefault()
    event.stopImmediatePropagation()
    const data = new FormData(form)
    if (submitter?.name) data.append(submitter.name, submitter.value)
    const entries = [...data].filter(([name, v]) => !['own_id', 'at'].includes(name) && !(v instanceof File && !v.size))
    const note = { id: newID(), person: this.person, action: this.action, at: new Date().toISOString(), entries,
      form: form.id, label: [form.dataset.label, submitter?.name && submitter.textContent.trim()].filter(Boolean)
        .join(' ') }
    form.reset() // at once: who writes on while the phone keeps this one writes the next
    try {
      await put(note)
    } catch {
      giveBack(form, data)
      return say(this.words.full)
    }
    form.closest('details')?.removeAttribute('open')
    await this.show()
    this.send()
  }

  // send sends what waits, one after the other; a second tab of the same phone does not send at the same time.
  send() {
    const all = () => this.sendAll()
    this.sending ??= (navigator.locks ? navigator.locks.request('yipanqi-field', all) : all())
      .finally(() => { this.sending = null })
    return this.sending
  }

  async sendAll() {
    clearTimeout(this.timer)
    let sent = 0, later = false
    for (const note of await waiting(this.person, this.action)) {
      if (note.refused) continue
      const became = await this.sendOne(note)
      if ((later = became === 'later')) break
      if (became === 'sent') sent++
    }
    if (later) this.timer = setTimeout(() => this.send(), again)
    if (sent) await this.renew()
    await this.show()
  }

  // sendOne says what became of a note: sent, refused, or to be tried later.
  async sendOne(note) {
    const body = new FormData()
    for (const [name, value] of [['own_id', note.id], ['at', note.at], ['person', note.person], ...note.entries]) {
      body.append(name, value)
    }
    let answer, refused = ''
    try {
      answer = await fetch(note.action, { method: 'POST', headers: { Accept: 'application/json' }, body })
      if (!answer.ok) {
        const { error, fields } = await answer.json()
        refused = [error, ...Object.values(fields ?? {})].filter(Boolean).join(' ')
      }
    } catch {
      return 'later'
    }
    if (answer.ok) {
      await drop(note.id)
      return 'sent'
    }
    if (answer.status === 401) return await signIn() ? this.sendOne(note) : 'later'
    if (answer.status >= 500 || answer.status === 429) return 'later'
    await put({ ...note, refused })
    return 'refused'
  }

  // renew shows what the server has now, and leaves alone what is being written.
  async renew() {
    try {
      const answer = await fetch(location.pathname, { headers: { accept: 'text/html' } })
      if (!answer.ok || answer.redirected) return
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      for (const part of document.querySelectorAll('[data-field-part]')) {
        const fresh = page.querySelector(`[data-field-part="${part.dataset.fieldPart}"]`)
        if (fresh && !part.contains(document.activeElement)) part.replaceWith(document.adoptNode(fresh))
      }
      await keepPage()
    } catch { /* the next time */ }
  }

  async show() {
    const all = await waiting(this.person, this.action)
    const photos = all.flatMap(note => note.entries).filter(([, v]) => v instanceof Blob).length
    this.state.textContent = all.length
      ? this.words.waiting.replace('{n}', all.length).replace('{photos}', photos) : this.words.none
    this.state.classList.toggle('is-waiting', all.length > 0)
    this.list.replaceChildren(...all.map(note => this.line(note)))
  }

  line(note) {
    const line = this.row.content.firstElementChild.cloneNode(true)
    const written = note.entries.find(([name, v]) => ['text', 'note', 'seen'].includes(name) && v)?.[1] ?? ''
    line.dataset.id = note.id
    line.querySelector('[data-text]').textContent = [note.label, written.slice(0, 80)].filter(Boolean).join('：')
    line.querySelector('[data-why]').textContent = note.refused ?? ''
    line.querySelector('[data-again]').hidden = !note.refused
    return line
  }

  async press(event) {
    const button = event.target.closest('button'), id = event.target.closest('[data-id]')?.dataset.id
    const note = button && (await waiting(this.person, this.action)).find(n => n.id === id)
    if (!note) return this.show() // sent meanwhile
    if ('again' in button.dataset) await put({ ...note, refused: undefined })
    else if ('back' in button.dataset && !await this.back(note)) return
    else if ('drop' in button.dataset && !await confirmed(this.words.drop)) return
    else await drop(id)
    await this.show()
    this.send()
  }

  // back puts a note into its form again, if nothing stands there that it would overwrite.
  async back(note) {
    const form = document.getElementById(note.form)
    if (!form) return false
    const fields = [...form.elements].filter(e => e.name && !['hidden', 'submit'].includes(e.type))
    if (fields.some(e => e.type === 'textarea' && e.value)) {
      say(this.words.taken)
      return false
    }
    form.closest('details')?.setAttribute('open', '')
    for (const field of fields) {
      const values = note.entries.filter(([name]) => name === field.name).map(([, v]) => v)
      if (field.type === 'file') {
        const files = new DataTransfer()
        values.forEach(v => files.items.add(v))
        field.files = files.files
      } else if (['checkbox', 'radio'].includes(field.type)) field.checked = values.includes(field.value)
      else field.value = values[0] ?? ''
    }
    form.scrollIntoView({ block: 'center' })
    return true
  }
}

// giveBack puts what could not be kept where it was typed, unless something else stands there by now.
function giveBack(form, data) {
  for (const [name, value] of data) {
    const field = form.elements[name]
    if (!(field instanceof HTMLElement)) continue
    if (field.type === 'checkbox' || field.type === 'radio') {
      field.checked = true
    } else if (field.type !== 'file') {
      field.value ||= value
    } else if (value.size && !field.files.length) {
      const files = new DataTransfer()
      files.items.add(value)
      field.files = files.files
    }
  }
}
