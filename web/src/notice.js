// A message that is not part of a page: it stays until it is dismissed, or the next one comes.
export function say(text) {
  let box = document.getElementById('notice')
  if (!box) {
    box = document.createElement('div')
    box.id = 'notice'
    box.className = 'alert alert-danger notice-box'
    box.setAttribute('role', 'alert')
    box.addEventListener('click', () => { box.hidden = true })
    document.body.append(box)
  }
  box.textContent = text
  box.hidden = false
}
