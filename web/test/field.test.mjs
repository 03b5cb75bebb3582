// What a phone keeps of the pages of visits, and the ids it gives to notes.
import assert from 'node:assert/strict'
import test from 'node:test'
import { fieldPage, old } from '../src/field-cache.js'
import { newID } from '../src/field-store.js'

for (const [path, want] of [['/visits/abc/field', true], ['/visits/abc', false], ['/visits/abc/field/x', false],
  ['/visits/a/b/field', false], ['/todo', false]]) {
  test(`${path} is ${want ? 'kept' : 'not kept'}`, () =>
    assert.equal(fieldPage(new URL(path, 'https://example.org')), want))
}

test('a copy is shown for a week', () => {
  const now = Date.parse('2023-09-12T08:00:00Z')
  const of = date => old({ headers: new Headers(date ? { date } : {}) }, now)
  assert.equal(of('Fri, 08 Sep 2023 08:00:00 GMT'), false)
  assert.equal(of('Mon, 04 Sep 2023 08:00:00 GMT'), true)
  assert.equal(of(''), true, 'a copy without a day is not trusted')
})

test('ids are UUIDs, with and without an encrypted connection', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  assert.match(newID(), uuid)
  Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true })
  const many = new Set(Array.from({ length: 100 }, newID))
  assert.equal(many.size, 100)
  for (const id of many) assert.match(id, uuid)
})
