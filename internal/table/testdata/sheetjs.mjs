// Writes the workbook given first anew as the file given second, with SheetJS; an empty one gives a sheet of all kinds
// of cells.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const XLSX = createRequire(new URL('../../../web/package.json', import.meta.url))('xlsx')
const [, , from, to] = process.argv
const data = readFileSync(from)

function ofItsOwn() {
  const sheet = XLSX.utils.aoa_to_sheet([
    ['文字 ', 1234.5, true, { t: 'n', v: 43102, z: 'yyyy-mm-dd' }],
    [{ t: 'n', v: 0.165, z: '0.0%' }, { t: 'n', v: 3, f: '1+2' }, '合并', null],
    ['<&>"引号"', '', 0],
  ])
  sheet['!merges'] = [XLSX.utils.decode_range('C2:D2')]
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['说明']]), '说明')
  XLSX.utils.book_append_sheet(book, sheet, '数据')
  return book
}

const book = data.length ? XLSX.read(data, { cellNF: true }) : ofItsOwn()
writeFileSync(to, XLSX.write(book, { type: 'buffer', bookType: 'xlsx', bookSST: data.length > 0 }))
