// The entry grid: a form around a plain table of <input data-cell="ROW.COL">, which works without script. This
// adds what Excel has taught people to expect: keys (keys.js), blocks (range.js, fit.js), undo (history.js), and saving
// as they type (autosave.js), which is also where wrong cells are found out.
import { Autosave } from './autosave.js'
import { fitBlock } from './fit.js'
import { History } from './history.js'
import { listen } from './keys.js'
import { Range } from './range.js'
import { parseBlock, writeBlock } from './tsv.js'

export function mountGrids(root) {
  for (const form of root.querySelectorAll('form[data-grid]:not([data-mounted])')) {
    form.dataset.mounted = ''
    new Grid(form)
  }
}

const calm = ['pasted', 'selected', 'restored']

class Grid {
  rows = [] // the inputs by place; undefined where the table has no cell to fill
  history = new History()

  constructor(form) {
    this.form = form
    this.bar = form.querySelector('[data-grid-bar]')
    this.message = this.bar.querySelector('[data-grid-message]')
    this.undoButton = this.bar.querySelector('[data-grid-undo]')
    this.wrongButton = this.bar.querySelector('[data-grid-wrong]')
    this.range = new Range(this)
    this.place()
    this.autosave = new Autosave(form, this.bar, this)
    listen(this, form)
    const cell = event => event.target.dataset.cell !== undefined
    form.addEventListener('paste', event => { if (cell(event)) this.paste(event) })
    form.addEventListener('copy', event => { if (cell(event)) this.copy(event) })
    form.addEventListener('cut', event => { if (cell(event) && this.copy(event)) this.clear() })
    form.addEventListener('input', event => { if (cell(event)) this.typed(event.target) })
    form.addEventListener('change', event => { if (cell(event)) this.left(event.target) })
    form.addEventListener('focusin', event => { if (cell(event)) this.enter(event.target) })
    this.undoButton.addEventListener('click', () => this.undo())
    this.wrongButton?.addEventListener('click', () => this.wrong()[0]?.focus())
    this.mark()
    this.autosave.restore()
  }

  inputs() { return this.rows.flat().filter(Boolean) }

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
    this.numbers = rowNames
  }

  enter(input) {
    input.before = input.value
    input.editing = false
    input.select()
    this.range.to(input)
  }

  typed(input) {
    if (this.range.many()) this.range.to(input)
    this.changed()
  }

  // left is told when a cell is left that was typed in: what is wrong with it shows at once.
  left(input) {
    this.commit(input)
    this.autosave.save()
  }

  commit(input) {
    this.history.add([{ input, before: input.before, after: input.value }])
    input.before = input.value
  }

  revert(input) {
    input.value = input.before
    input.editing = false
    input.select()
    this.range.to(input)
    this.changed()
  }

  // go moves the focus; whoever came by Tab goes back to the column where that began with Enter.
  go(input, entered) {
    if (!entered) this.tabbedFrom = undefined
    input?.focus()
    if (entered) this.tabbedFrom = undefined
  }

  open(input) { return input && !input.disabled && !input.readOnly }

  // next is the next cell that way, as the table may have holes; null if there is none. A locked cell can be come to,
  // read and copied, as in Excel; nothing is put into it.
  next(from, [down, right], column = from.gridCol) {
    for (let r = from.gridRow + down, c = column + right; r >= 0 && r < this.rows.length && c >= 0 &&
      c < this.width; r += down, c += right) {
      if (this.rows[r]?.[c] && !this.rows[r][c].disabled) return this.rows[r][c]
    }
    return null
  }

  edge(from, way) {
    for (let last = from; ;) {
      const next = this.next(last, way)
      if (!next) return last
      last = next
    }
  }

  corner(which) { return this.inputs().filter(input => !input.disabled).at(which > 0 ? 0 : -1) }

  // apply changes cells as one step.
  apply(values) {
    const changes = values.filter(([input]) => this.open(input))
      .map(([input, after]) => ({ input, before: input.value, after }))
    for (const { input, after } of changes) input.before = input.value = after
    this.history.add(changes)
    this.changed()
    return changes.length
  }

  clear() { this.apply(this.range.inputs().map(input => [input, ''])) }

  fill(input) { this.apply(this.range.inputs().map(other => [other, input.value])) }

  // fillDown copies the top row of the range into the others, or the cell above into a single one.
  fillDown() {
    const rows = this.range.rows()
    const above = this.next(this.range.anchor, [-1, 0])
    const [top, ...others] = this.range.many() && rows.length > 1 ? rows : [[above], ...rows]
    this.apply(others.flatMap(row => row.flatMap((input, c) => input && top[c] ? [[input, top[c].value]] : [])))
  }

  copy(event) {
    if (!this.range.many()) return false // the browser copies what is selected in the cell
    event.preventDefault()
    event.clipboardData.setData('text/plain', writeBlock(this.range.rows().map(row => row.map(i => i?.value ?? ''))))
    return true
  }

  paste(event) {
    const text = event.clipboardData.getData('text/plain')
    const one = !/[\t\r\n]/.test(text.replace(/(\r\n|\r|\n)$/, ''))
    if (one && !this.range.many()) return // a single value is pasted by the browser
    event.preventDefault()
    const start = this.range.first() ?? event.target
    if (one) return void this.apply(this.range.inputs().map(input => [input, text.trim()]))
    const fits = { cols: this.width - start.gridCol, rows: this.rows.length - start.gridRow }
    const block = fitBlock(parseBlock(text),
      { ...fits, heads: this.heads(), numbers: this.numbers.slice(start.gridRow) })
    if (block[0].length > fits.cols) return this.say('tooWide', { have: block[0].length, fit: fits.cols })
    if (block.length > fits.rows) return this.say('tooTall', { have: block.length, fit: fits.rows })
    const values = []
    for (const [r, row] of block.entries()) {
      for (const [c, value] of row.entries()) {
        const input = this.rows[start.gridRow + r]?.[start.gridCol + c]
        if (!this.open(input) && value !== '' && value !== input?.value) {
          return this.say('noCell', { row: r + 1, col: c + 1, value })
        }
        if (input) values.push([input, value])
      }
    }
    const n = this.apply(values)
    this.range.to(start, values.at(-1)[0])
    this.say('pasted', { n })
  }

  // heads are the words at the top and at the left of the table.
  heads() {
    const words = [...this.form.querySelectorAll('th, td:not(.cell)')].flatMap(head => {
      const unit = head.querySelector('.row-unit')?.textContent.trim() ?? ''
      const text = head.textContent.trim()
      return [text, unit, text.slice(0, text.length - unit.length).trim()]
    })
    return new Set(words.filter(word => word && /\p{L}/u.test(word)))
  }

  undo() { this.back(() => this.history.undo()) }

  redo() { this.back(() => this.history.redo()) }

  back(step) {
    const active = document.activeElement
    if (active?.before !== undefined && active.value !== active.before) this.commit(active)
    const changes = step()
    if (!changes) return
    for (const { input } of changes) input.before = input.value
    changes[0].input.focus()
    changes[0].input.select()
    this.changed()
  }

  changed() {
    this.mark()
    this.autosave.soon()
  }

  // mark shows what differs from what was last saved; that is what the input's value attribute holds. What the
  // server said against a cell counts only as long as that stands in it.
  mark() {
    for (const input of this.inputs()) {
      input.classList.toggle('is-changed', input.value !== input.defaultValue)
      const still = input.refused !== undefined && input.value === input.refused
      input.classList.toggle('is-invalid', still)
      const problem = document.getElementById('e-' + input.dataset.cell)
      if (problem) problem.hidden = !still
      if (still) input.setAttribute('aria-invalid', 'true')
      else input.removeAttribute('aria-invalid')
    }
    this.undoButton.hidden = this.history.done.length === 0
    if (this.wrongButton) this.wrongButton.hidden = this.wrong().length === 0
  }

  wrong() { return this.inputs().filter(input => input.refused !== undefined && input.value === input.refused) }

  // judge puts what the server says against a cell below it; nothing is said against a good one. Choices are values to
  // put into it at a click.
  judge(input, text, choices = []) {
    const id = 'e-' + input.dataset.cell
    let problem = document.getElementById(id)
    input.refused = text ? input.value : undefined
    if (!text) return problem?.replaceChildren()
    if (!problem) {
      problem = Object.assign(document.createElement('div'), { id, className: 'cell-problem' })
      input.after(problem)
      input.setAttribute('aria-describedby', id)
    }
    problem.replaceChildren(text, ...choices.map(value => {
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-sm',
        textContent: this.bar.dataset.choose.replace('{value}', value) })
      button.addEventListener('click', () => this.choose(input, value))
      return button
    }))
  }

  choose(input, value) {
    input.held = false
    this.judge(input, '')
    this.apply([[input, value]])
    input.focus()
    this.autosave.save()
  }

  say(key, values = {}) {
    this.message.hidden = key === ''
    this.message.classList.toggle('is-refusal', !calm.includes(key))
    this.message.textContent = key && this.bar.dataset[key]?.replace(/\{(\w+)\}/g, (_, name) => values[name])
  }
}
