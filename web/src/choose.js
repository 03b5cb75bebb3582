// A field with boxes in groups: a search over all groups, and the box of a whole group kept in step with its options.
// Without script the box of a group stands for all of it and the server resolves it.
export function mountChoices(root) {
  for (const field of root.querySelectorAll('fieldset[data-choose]:not([data-ready])')) {
    field.dataset.ready = ''
    const search = field.querySelector('[data-choose-search]')
    search.hidden = false
    search.addEventListener('input', () => sift(field, search.value.trim().toLowerCase()))
    search.addEventListener('keydown', event => {
      if (event.key === 'Enter') event.preventDefault() // it would send the form
    })
    field.addEventListener('change', event => {
      if (event.target.type === 'checkbox') tick(field, event.target)
    })
    count(field)
  }
}

const boxes = place => [...place.querySelectorAll('input[type=checkbox]:not([data-choose-all])')]

function tick(field, box) {
  const group = box.closest('[data-choose-group]')
  const same = box.hasAttribute('data-choose-all') ? boxes(group) : [box]
  for (const one of same) {
    for (const twin of boxes(field)) if (twin.value === one.value) twin.checked = box.checked
  }
  count(field)
}

function count(field) {
  const chosen = new Set(boxes(field).filter(box => box.checked).map(box => box.value))
  field.querySelector('[data-choose-count]').textContent = field.dataset.picked.replace('{n}', chosen.size)
  for (const group of field.querySelectorAll('[data-choose-group]')) {
    const all = boxes(group)
    const n = all.filter(box => box.checked).length
    group.querySelector('[data-choose-of]').textContent = `${n} / ${all.length}`
    const whole = group.querySelector('[data-choose-all]')
    if (whole) {
      whole.checked = n === all.length
      whole.indeterminate = n > 0 && n < all.length
    }
  }
}

// sift shows what has the word, in groups that are open while one searches.
function sift(field, word) {
  for (const group of field.querySelectorAll('[data-choose-group]')) {
    let found = 0
    for (const box of boxes(group)) {
      const item = box.closest('li')
      item.hidden = word !== '' && !item.textContent.toLowerCase().includes(word)
      if (!item.hidden) found++
    }
    group.hidden = found === 0
    if (word !== '') group.open = true
  }
}
