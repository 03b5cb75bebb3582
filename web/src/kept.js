// Keeps what a form could not save yet in this tab, with what was saved then: it outlives the page and the session, but
// not the tab, because offices share computers.
const place = form => 'unsaved ' + form.dataset.save

export function keep(form, inputs) {
  const texts = inputs.filter(e => e.value !== e.defaultValue).map(e => [e.name, e.value, e.defaultValue])
  try {
    if (texts.length) sessionStorage.setItem(place(form), JSON.stringify(texts))
    else sessionStorage.removeItem(place(form))
  } catch { /* the browser keeps nothing; saving goes on */ }
}

// kept are inputs with what was typed into them and what was saved then.
export function kept(form, inputs) {
  const byName = new Map(inputs.map(e => [e.name, e]))
  try {
    return JSON.parse(sessionStorage.getItem(place(form)) ?? '[]')
      .flatMap(([name, value, was]) => byName.has(name) ? [[byName.get(name), value, was]] : [])
  } catch {
    return []
  }
}
