// A block of cells as Excel and WPS put it on the clipboard: tabs and line ends, cells with either in quotes.
// Values stay as typed, thousands separators too: the server decides what they mean.
export function parseBlock(text) {
  const rows = [['']]
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    const row = rows.at(-1)
    const cell = row.length - 1
    if (quoted) {
      if (c !== '"') row[cell] += c
      else if (text[i + 1] === '"') row[cell] += text[++i]
      else quoted = false
    } else if (c === '"' && row[cell] === '' && closes(text, i)) quoted = true
    else if (c === '\t') row.push('')
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i++
      rows.push([''])
    } else row[cell] += c
  }
  const last = rows.at(-1)
  if (rows.length > 1 && last.length === 1 && last[0] === '') rows.pop() // the trailing line end
  return rows.map(row => row.map(cell => cell.trim()))
}

// closes says whether the quote at i begins a quoted cell: one whose end is followed by the end of the cell.
function closes(text, i) {
  for (i++; i < text.length; i++) {
    if (text[i] !== '"') continue
    if (text[i + 1] === '"') i++
    else return i + 1 === text.length || '\t\r\n'.includes(text[i + 1])
  }
  return false
}

// writeBlock is the other way round: what Excel and WPS take from the clipboard.
export function writeBlock(rows) {
  return rows.map(row => row.map(cell => /[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell).join('\t'))
    .join('\r\n')
}
