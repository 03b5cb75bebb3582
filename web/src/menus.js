// Menus are <details>: they open without script. Script closes them on Escape and on a click elsewhere.
export function wireMenus() {
  document.addEventListener('click', event => close(event.target.closest('details.menu')))
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return
    const open = document.querySelector('details.menu[open]')
    close()
    open?.querySelector('summary').focus()
  })
}

function close(except) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (menu !== except) menu.open = false
  }
}
