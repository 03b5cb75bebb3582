// Whoever wrote a long text does not lose it because the session ended meanwhile: before a form with anything typed or
// chosen in it is sent, the page asks whether its reader is still signed in, and lets them sign in on top of it. Forms
// that save while they are written ask for themselves (autosave.js); a phone keeps its notes without asking (field.js).
import { busy } from './busy.js'
import { say } from './notice.js'
import { signIn } from './signin.js'

const passed = new WeakSet()

export function wireSession() { document.addEventListener('submit', guard, true) }

async function guard(event) {
  const { target: form, submitter } = event
  if (passed.delete(form) || form.method !== 'post' || form.closest('dialog') || form.dataset.save) return
  if (!document.querySelector('dialog[data-sign-in]') || document.querySelector('[data-field]') || !filled(form)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  if (!await busy(signedIn())) return
  passed.add(form)
  form.requestSubmit(submitter)
}

// filled says whether the form holds what its page did not say.
export function filled(form) {
  return [...form.elements].some(e => e.type === 'file' ? e.files.length > 0
    : 'defaultValue' in e && !['hidden', 'submit', 'checkbox', 'radio'].includes(e.type) && e.value !== e.defaultValue)
}

// signedIn says whether somebody is, after asking whoever is not. Without a network the page stays as it is.
async function signedIn() {
  try {
    const answer = await fetch('/profile', { headers: { Accept: 'application/json' } })
    return answer.status !== 401 || await signIn()
  } catch {
    say(document.body.dataset.failed)
    return false
  }
}
