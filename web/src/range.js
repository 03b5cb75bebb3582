// The selected cells of a grid: a rectangle between the cell that has the focus and the one it was extended to.
export class Range {
  constructor(grid) { this.grid = grid }

  // to makes the rectangle; without a head it is one cell.
  to(anchor, head = anchor) {
    Object.assign(this, { anchor, head })
    const cells = new Set(this.many() ? this.inputs() : [])
    for (const input of this.grid.inputs()) input.classList.toggle('is-selected', cells.has(input))
    this.grid.say(cells.size ? 'selected' : '', { n: cells.size })
  }

  many() { return this.anchor !== this.head }

  // rows are the inputs of the rectangle by row; undefined where there is nothing to fill.
  rows() {
    const { anchor, head } = this
    const [top, bottom] = [anchor.gridRow, head.gridRow].sort((a, b) => a - b)
    const [left, right] = [anchor.gridCol, head.gridCol].sort((a, b) => a - b)
    const rows = []
    for (let r = top; r <= bottom; r++) {
      rows.push(Array.from({ length: right - left + 1 }, (_, i) => this.grid.rows[r]?.[left + i]))
    }
    return rows
  }

  inputs() { return this.rows().flat().filter(Boolean) }

  // first is the corner where a block is pasted.
  first() { return this.inputs()[0] }
}
