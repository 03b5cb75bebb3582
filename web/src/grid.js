// The entry grid: a form around a plain table of <input data-cell="ROW.COL">, which works without script. This
// adds what Excel has taught people to expect: keys, pasting a block, undo, saving as they type.
import { Autosave } from './autosave.js'
import { parseBlock } from './tsv.js'

export function mountGrids(root) {
  for (const form of root.querySelectorAll('form[data-grid]:not([data-mounted])')) {
    form.dataset.mounted = ''
    new Grid(form)
  }
}

class Grid {
  pastes = [] // each the inputs it changed with what they held before
  rows = []   // the inputs by place; undefined where the table has no cell to fill

  constructor(form) {
    this.form = form
    this.bar = form.querySelector('[data-grid-bar]')
    this.message = this.bar.querySelector('[data-grid-message]')
    this.undoButton = this.bar.querySelector('[data-grid-undo]')
    this.place()
    this.autosave = new Autosave(form, this.bar, () => this.mark())
    form.addEventListener('keydown', event => this.key(event))
    form.addEventListener('paste', event => this.paste(event))
    form.addEventListener('input', event => { if (event.target.dataset.cell) this.changed() })
    form.addEventListener('focusin', event => { if (event.target.dataset.cell) this.enter(event.target) })
    this.undoButton.addEventListener('click', () => this.undo())
    this.mark()
  }

  // place reads rows and columns off the names of the cells, in the order in which the table shows them.
  place() {
    const rowNames = [], colNames = []
    const at = (names, name) => names.includes(name) ? names.indexOf(name) : names.push(name) - 1
    for (const input of this.form.querySelectorAll('input[data-cell]')) {
      const cut = input.dataset.cell.lastIndexOf('.')
      input.gridRow = at(rowNames, input.dataset.cell.slice(0, cut))
      input.gridCol = at(colNames, input.dataset.cell.slice(cut + 1));
      (this.rows[input.gridRow] ??= [])[input.gridCol] = input
      if (input.classList.contains('is-invalid')) input.refused = input.value
      if ('saved' in input.dataset) { // a refused form shows what was typed
        const typed = input.value
        input.defaultValue = input.dataset.saved
        input.value = typed
      }
    }
    this.width = colNames.length
  }

  enter(input) {
    input.before = input.value
    input.select()
  }

  key(event) {
    const input = event.target
    if (!input.dataset.cell || event.isComposing) return
    const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length
    const caret = input.selectionStart === input.selectionEnd ? input.selectionStart : -1
    const moves = {
      ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0],
      ArrowLeft: whole || caret === 0 ? [0, -1] : undefined,
      ArrowRight: whole || caret === input.value.length ? [0, 1] : undefined,
    }
    const move = !event.ctrlKey && !event.altKey && !event.metaKey && moves[event.key]
    if (move) {
      event.preventDefault()
      this.step(input, move)
    } else if (event.key === 'Escape') {
      input.value = input.before
      input.select()
      this.changed()
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && this.canUndo()) {
      event.preventDefault()
      this.undo()
    }
  }

  // step goes on until it finds a cell to fill, as the table may have holes.
  step(from, [down, right]) {
    for (let r = from.gridRow + down, c = from.gridCol + right; r >= 0 && r < this.rows.length && c >= 0 &&
      c < this.width; r += down, c += right) {
      const input = this.rows[r]?.[c]
      if (input && !input.disabled) return input.focus()
    }
  }

  paste(event) {
    const start = event.target
    const text = event.clipboardData.getData('text/plain')
    if (!start.dataset.cell || !/[\t\r\n]/.test(text)) return // a single value is pasted by the browser
    event.preventDefault()
    this.say('')
    const block = parseBlock(text)
    const width = Math.max(...block.map(row => row.length))
    const fits = { cols: this.width - start.gridCol, rows: this.rows.length - start.gridRow }
    if (width > fits.cols) return this.say('tooWide', { have: width, fit: fits.cols })
    if (block.length > fits.rows) return this.say('tooTall', { have: block.length, fit: fits.rows })
    const changes = []
    for (const [r, row] of block.entries()) {
      for (const [c, value] of row.entries()) {
        const input = this.rows[start.gridRow + r]?.[start.gridCol + c]
        const open = input && !input.disabled && !input.readOnly
        if (!open && value !== '' && value !== input?.value) return this.say('noCell',
          { row: r + 1, col: c + 1, value })
        if (open) changes.push({ input, before: input.value, after: value })
      }
    }
    for (const { input, after } of changes) input.value = after
    this.pastes.push(changes)
    this.say('pasted', { n: changes.length })
    this.changed()
  }

  canUndo() {
    const last = this.pastes.at(-1)
    return last?.every(({ input, after }) => input.value === after)
  }

  undo() {
    if (!this.canUndo()) return
    for (const { input, before } of this.pastes.pop()) input.value = before
    this.say('')
    this.changed()
  }

  changed() {
    this.mark()
    this.autosave.soon()
  }

  // mark shows what differs from what was last saved; that is what the input's value attribute holds. What the
  // server said against a cell counts only as long as that stands in it.
  mark() {
    for (const input of this.form.querySelectorAll('input[data-cell]')) {
      input.classList.toggle('is-changed', input.value !== input.defaultValue)
      if (input.refused === undefined) continue
      const still = input.value === input.refused
      input.classList.toggle('is-invalid', still)
      document.getElementById('e-' + input.dataset.cell).hidden = !still
    }
    this.undoButton.hidden = !this.canUndo()
  }

  say(key, values = {}) {
    this.message.hidden = key === ''
    this.message.classList.toggle('is-refusal', key !== 'pasted')
    this.message.textContent = key && this.bar.dataset[key].replace(/\{(\w+)\}/g, (_, name) => values[name])
  }
}
