// Folded cards (<details class="fold">) open without script. On paper everything is open, and afterwards as it was.
export function wireFolds() {
  let opened = []
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open]):not(.menu)')]
    for (const fold of opened) fold.open = true
  })
  addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false
  })
}
