// Keeps what a form could not save yet in this tab, with what was saved then: it outlives the page and the session, but
// not the tab, because offices share computers. It says of which edition of the form the names of its fields are: of
// another, a name may mean another cell, and the server puts the texts where they belong.
const place = form => 'unsaved ' + form.dataset.save

export function keep(form, inputs) {
  const texts = inputs.filter(e => e.value !== e.defaultValue).map(e => [e.name, e.value, e.defaultValue])
  const { edition } = form.dataset, version = form.elements.version?.value
  try {
    if (texts.length) sessionStorage.setItem(place(form), JSON.stringify({ edition, version, texts }))
    else sessionStorage.removeItem(place(form))
  } catch { /* the browser keeps nothing; saving goes on */ }
}

function read(form) {
  try {
    return JSON.parse(sessionStorage.getItem(place(form))) ?? {}
  } catch {
    return {}
  }
}

// kept are inputs with what was typed into them and what was saved then.
export function kept(form, inputs) {
  const byName = new Map(inputs.map(e => [e.name, e])), { edition, texts = [] } = read(form)
  if (edition !== form.dataset.edition) return []
  return texts.flatMap(([name, value, was]) => byName.has(name) ? [[byName.get(name), value, was]] : [])
}

// ofEarlier is what was typed into an earlier edition of the form, as its page would have sent it; or nothing.
export function ofEarlier(form) {
  const { edition, version, texts = [] } = read(form)
  if (!texts.length || edition === form.dataset.edition) return null
  const data = new URLSearchParams({ version })
  for (const [name, value, was] of texts) {
    data.set(name, value)
    if (name.startsWith('cells[')) data.set(name.replace('cells', 'was'), was)
  }
  return data
}
