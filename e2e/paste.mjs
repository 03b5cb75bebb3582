// What Excel puts on the clipboard, pasted into a cell of an entry grid. The script of the grid comes after the page
// has loaded; what is pasted before it listens goes nowhere, as nobody's hand is that quick.
export async function paste(input, text) {
  await input.and(input.page().locator('form[data-grid][data-mounted] [data-cell]')).waitFor()
  await input.evaluate((element, text) => {
    element.focus()
    const data = new DataTransfer()
    data.setData('text/plain', text)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}
