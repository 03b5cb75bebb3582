// Saves a long form of texts while it is written. The saving, and what becomes of it without network or session, is
// autosave.js's; a form of texts has no cells to judge, and its messages stand where its state does.
import { Autosave } from './autosave.js'

export function mountDrafts(root) {
  for (const bar of root.querySelectorAll('[data-draft-bar]')) mount(bar.closest('form'), bar)
}

function mount(form, bar) {
  // what a choice was when it was saved, as text fields have it
  for (const e of form.querySelectorAll('select')) {
    e.defaultValue = [...e.options].find(o => o.defaultSelected)?.value ?? e.options[0]?.value ?? ''
  }
  const message = bar.querySelector('[data-grid-message]'), none = () => {}
  const saver = new Autosave(form, bar, { mark: none, judge: none, wrong: () => [],
    say: (word, { n }) => { message.textContent = bar.dataset[word].replace('{n}', n) } })
  form.addEventListener('input', () => saver.soon())
  saver.restore()
  if (saver.dirty()) saver.soon() // typed before this script was there
}
