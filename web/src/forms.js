// What ordinary forms need beyond HTML: a question first (data-confirm), no double sending (data-once), the
// clipboard (data-copy) and printing (data-print).
import { busy } from './busy.js'

const asked = new WeakSet()

export function wireForms() {
  document.addEventListener('submit', ask)
  document.addEventListener('submit', sent)
  document.addEventListener('click', event => {
    const copy = event.target.closest('[data-copy]')
    if (copy) copyText(copy)
    if (event.target.closest('[data-print]')) print()
  })
  addEventListener('pageshow', event => {
    if (event.persisted) document.querySelectorAll('[data-once][disabled]').forEach(b => { b.disabled = false })
  })
}

async function ask(event) {
  const { target: form, submitter } = event
  const question = submitter?.dataset.confirm ?? form.dataset.confirm
  if (event.defaultPrevented || !question || asked.delete(form)) return
  event.preventDefault()
  if (!await confirmed(question)) return
  asked.add(form)
  form.requestSubmit(submitter)
}

// confirmed asks in the page's own dialog.
export function confirmed(question) {
  const dialog = document.getElementById('confirm')
  dialog.querySelector('p').textContent = question
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise(done => {
    dialog.addEventListener('close', () => done(dialog.returnValue === 'yes'), { once: true })
  })
}

function sent(event) {
  const { target: form, submitter } = event
  if (event.defaultPrevented || form.method === 'dialog') return
  busy(new Promise(() => {})) // until the next page is here
  // Disabled only after the browser has collected the fields, or the button's own value would be missing.
  if (submitter?.hasAttribute('data-once')) setTimeout(() => { submitter.disabled = true })
}

async function copyText(button) {
  const state = button.querySelector('.copy-state')
  try {
    await navigator.clipboard.writeText(button.dataset.copy)
  } catch { // without https there is no clipboard object
    const area = Object.assign(document.createElement('textarea'),
      { value: button.dataset.copy, className: 'visually-hidden' })
    document.body.append(area)
    area.select()
    document.execCommand('copy')
    area.remove()
    button.focus()
  }
  if (state) state.textContent = button.dataset.copied
  setTimeout(() => { if (state) state.textContent = '' }, 2000)
}
