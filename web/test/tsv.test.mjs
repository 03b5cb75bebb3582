// Blocks as Excel and WPS put them on the clipboard, read and written; what the grid does with them is not tested here.
import assert from 'node:assert/strict'
import test from 'node:test'
import { parseBlock, writeBlock } from '../src/tsv.js'

for (const [what, text, want] of [
  ['one cell', '12', [['12']]],
  ['a block with Excel’s line ends', '1\t2\r\n3\t4\r\n', [['1', '2'], ['3', '4']]],
  ['a block from the Mac', '1\t2\r3\t4', [['1', '2'], ['3', '4']]],
  ['empty cells at every side', '\t2\t\r\n\t\t\r\n', [['', '2', ''], ['', '', '']]],
  ['an empty row at the end of a column', '1\n\n', [['1'], ['']]],
  ['thousands separators as typed, blanks around them gone', '1,234\t 5 ', [['1,234', '5']]],
  ['a quoted cell with tab, line end and quotes', '"a\tb\nc ""d"""\t2\n', [['a\tb\nc "d"', '2']]],
  ['a quote that is no quoting', '5" pipe\t"x" y\n', [['5" pipe', '"x" y']]],
  ['a quote that never ends', '"abc\t1', [['"abc', '1']]],
  ['rows of different width', '1\t2\t3\n4\n', [['1', '2', '3'], ['4']]],
]) {
  test(what, () => assert.deepEqual(parseBlock(text), want))
}

test('a copied block comes back', () => {
  const block = [['1,234', 'a\tb'], ['', 'say "x"\nnow']]
  assert.deepEqual(parseBlock(writeBlock(block)), block)
})
