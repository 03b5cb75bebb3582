// Keys and mouse of a grid, as Excel has taught them: a cell that is only chosen is left by the arrows, F2 or a second
// click edits it; Shift extends the choice. Tab stays the browser's, so that the keyboard finds its way out.
const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

export function listen(grid, form) {
  const cell = event => event.target.dataset?.cell !== undefined
  form.addEventListener('keydown', event => { if (cell(event) && !event.isComposing) key(grid, event) })
  form.addEventListener('mousedown', event => { if (cell(event) && event.button === 0) press(grid, event) })
  form.addEventListener('mouseover', event => {
    if (cell(event) && event.buttons & 1 && grid.dragging) grid.range.to(grid.range.anchor, event.target)
  })
  addEventListener('mouseup', () => { grid.dragging = false })
  form.addEventListener('dblclick', event => { if (cell(event)) event.target.editing = true })
}

function press(grid, event) {
  const input = event.target
  grid.tabbedFrom = undefined
  if (event.shiftKey && grid.range.anchor) {
    event.preventDefault()
    return grid.range.to(grid.range.anchor, input)
  }
  grid.dragging = true
  if (document.activeElement === input) {
    input.editing = true
    return grid.range.to(input)
  }
  event.preventDefault() // or the browser puts the caret where the mouse is
  input.focus()
}

function key(grid, event) {
  const { target: input, key, shiftKey } = event
  const ctrl = event.ctrlKey || event.metaKey
  const moved = target(grid, input, event, ctrl)
  if (key === 'Tab') {
    grid.tabbedFrom ??= input.gridCol
    return
  }
  if (event.altKey) return
  if (moved !== undefined) {
    event.preventDefault()
    if (key === 'Enter' && ctrl) return grid.fill(input)
    if (!shiftKey || key === 'Enter') return grid.go(moved, key === 'Enter')
    grid.range.to(input, moved ?? grid.range.head)
    return grid.range.head.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  const act = action(grid, input, event, ctrl)
  if (!act) return
  event.preventDefault()
  act()
}

// target is the cell to which the key leads: undefined if it leads nowhere, null if there is no cell that way.
function target(grid, input, { key, shiftKey }, ctrl) {
  const from = shiftKey && key !== 'Enter' ? grid.range.head ?? input : input
  if (key === 'Enter') return ctrl ? input : grid.next(input, [shiftKey ? -1 : 1, 0], grid.tabbedFrom)
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight'
  if (arrows[key] && !(input.editing && (sideways || shiftKey))) {
    return ctrl ? grid.edge(from, arrows[key]) : grid.next(from, arrows[key])
  }
  if (input.editing) return undefined
  if (key === 'Home') return ctrl ? grid.corner(1) : grid.edge(from, [0, -1])
  if (key === 'End') return ctrl ? grid.corner(-1) : grid.edge(from, [0, 1])
  return undefined
}

function action(grid, input, { key, shiftKey }, ctrl) {
  const letter = ctrl ? key.toLowerCase() : ''
  if (key === 'F2') return () => edit(input)
  if (key === 'Escape') return () => grid.revert(input)
  if (letter === 'z') return () => shiftKey ? grid.redo() : grid.undo()
  if (letter === 'y') return () => grid.redo()
  if (input.editing) return undefined
  if (letter === 'a') return () => grid.range.to(grid.corner(1), grid.corner(-1))
  if (letter === 'd') return () => grid.fillDown()
  if ((key === 'Delete' || key === 'Backspace') && grid.range.many()) return () => grid.clear()
  return undefined
}

function edit(input) {
  input.editing = true
  input.setSelectionRange(input.value.length, input.value.length)
}
