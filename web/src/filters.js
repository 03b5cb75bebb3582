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

// On a phone more than four filters would fill the first screen: those after the second that are not in use wait behind
// a button. Without script all are there.
export function foldFilters(root) {
  for (const more of root.querySelectorAll('.filters-more[hidden]')) {
    const rare = [...more.form.querySelectorAll(':scope > .field')].slice(2)
      .filter(field => !field.querySelector('select, input').value)
    for (const field of rare) field.classList.add('filters-rare')
    more.hidden = rare.length === 0
    more.addEventListener('click', () => {
      for (const field of rare) field.classList.remove('filters-rare')
      more.remove()
      rare[0].querySelector('select, input').focus()
    })
  }
}
