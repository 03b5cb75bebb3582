// Signs in on top of the page whose session has ended, so that nothing on it is lost. The dialog is the page's.
let asking

// signIn asks until the user is signed in or gives up, and says which. Who is asked twice at once answers once.
export function signIn() {
  asking ??= ask().finally(() => { asking = undefined })
  return asking
}

function ask() {
  const dialog = document.querySelector('dialog[data-sign-in]')
  if (!dialog) return Promise.resolve(false)
  const form = dialog.querySelector('form'), problem = dialog.querySelector('[role=alert]')
  problem.textContent = ''
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise(resolve => {
    const send = async event => {
      event.preventDefault()
      problem.textContent = await refusal(form)
      if (problem.textContent) return form.elements.password.select()
      dialog.close('in')
    }
    form.addEventListener('submit', send)
    dialog.addEventListener('close', () => {
      form.removeEventListener('submit', send)
      form.reset()
      resolve(dialog.returnValue === 'in')
    }, { once: true })
  })
}

async function refusal(form) {
  try {
    const answer = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' },
      body: new URLSearchParams(new FormData(form)) })
    if (answer.ok) return ''
    const body = await answer.json()
    return [body.error, ...Object.values(body.fields ?? {})].join(' ')
  } catch {
    return document.body.dataset.failed
  }
}
