// Makes a pasted block fit the cells to be filled: a block copied with its headings, or with empty rows and columns at
// its edges, loses them. What a cell's text means is the server's business; this only tells headings from answers.
const answer = new RegExp('^(近|约|超过|保密|nearly|about|over|at least|confidential)?\\s*[-−－]?[\\d０-９]' +
  '[\\d０-９,，.．\\s]*(余|以上|左右)?$|^(不适用|暂缺|not applicable|not yet available)$', 'i')

// fitBlock: room has the rows and cols that are left from the cell in which the user pastes, the words that the table
// has for heads and the numbers of the rows from there on.
export function fitBlock(block, { rows, cols, heads, numbers }) {
  block = bare(square(block), rows, cols)
  const told = cells => cells.some(c => c) && cells.every(c => c === '' || heads.has(c))
  const texts = cells => cells.some(c => c) && !cells.some(c => answer.test(c))
  const numbered = cells => (cells.length > 1 || texts(column(block, 1))) &&
    cells.slice(-numbers.length).every((c, i) => c === numbers[i])
  let labelled = false // what has names at the left may have some at the top too
  while (width(block) > 1 && (told(column(block, 0)) ||
    (width(block) > cols && (texts(column(block, 0)) || numbered(column(block, 0)))))) {
    block = without(block, 0)
    labelled = true
  }
  while (block.length > 1 && (told(block[0]) || ((labelled || block.length > rows) && texts(block[0])))) {
    block = block.slice(1)
  }
  return bare(block, rows, cols)
}

// bare is the block without empty rows and columns at its edges, as far as there is no room for them. Headings may
// stand within them, and they within headings.
function bare(block, rows, cols) {
  const empty = cells => cells.every(c => c === '')
  while (width(block) > cols && empty(column(block, -1))) block = without(block, width(block) - 1)
  while (width(block) > cols && empty(column(block, 0))) block = without(block, 0)
  while (block.length > rows && empty(block.at(-1))) block = block.slice(0, -1)
  while (block.length > rows && empty(block[0])) block = block.slice(1)
  return block
}

const width = block => block[0].length
const column = (block, at) => block.map(row => row.at(at))
const without = (block, at) => block.map(row => row.filter((_, i) => i !== at))

function square(block) {
  const widest = Math.max(...block.map(row => row.length))
  return block.map(row => [...row, ...Array(widest - row.length).fill('')])
}
