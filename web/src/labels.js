// On a phone a row of a table becomes a block, and each of its cells says which column it is: narrow.css shows the
// label. The first cell is the row's name and needs none; a cell with nothing in it is not shown.
export function labelRows(root) {
  for (const table of root.querySelectorAll('.stacked table')) {
    const heads = [...table.tHead.rows[0].cells].map(head => head.textContent.trim())
    for (const row of table.tBodies[0].rows) {
      let column = 0
      for (const cell of row.cells) {
        if (column > 0 && heads[column]) cell.dataset.label = heads[column]
        if (!cell.textContent.trim() && !cell.querySelector('svg, img, input, select')) cell.dataset.nothing = ''
        column += cell.colSpan
      }
    }
  }
}
