// Steps in a grid, undone and done again.
import assert from 'node:assert/strict'
import test from 'node:test'
import { History } from '../src/history.js'

test('steps go back and forth, and a new one ends what was undone', () => {
  const history = new History(), input = { value: '2' }, other = { value: '9' }
  history.add([{ input, before: '1', after: '2' }, { input: other, before: '9', after: '9' }])
  history.add([{ input, before: '2', after: '2' }])
  assert.equal(history.done.length, 1, 'a step that changes nothing is none')
  history.undo()
  assert.equal(input.value, '1')
  history.redo()
  assert.equal(input.value, '2')
  history.undo()
  history.add([{ input, before: '1', after: '7' }])
  assert.equal(history.redo(), undefined)
})
