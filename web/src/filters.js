// The filters over a list act as soon as one is chosen, or once one stops typing: the form asks htmx for the list anew.
// What is not chosen does not stand in the address. Without script the form has a button.
const pause = 400

export function wireFilters() {
  let typing
  document.addEventListener('input', event => {
    const form = event.target.closest('form[data-filters]')
    if (!form || event.target.type !== 'search') return
    clearTimeout(typing)
    typing = setTimeout(() => form.dispatchEvent(new Event('change')), pause)
  })
  document.addEventListener('formdata', ({ target: form, formData }) => {
    if (!form.matches('form[data-filters]')) return
    for (const [name, value] of [...formData]) {
      if (value === '' || (name === 'sort' && value === form.dataset.filters)) formData.delete(name)
    }
  })
}
