// What a pasted block loses so that it fits: headings and empty edges, never an answer.
import assert from 'node:assert/strict'
import test from 'node:test'
import { fitBlock } from '../src/fit.js'

const room = { rows: 2, cols: 2, numbers: ['1', '2'],
  heads: new Set(['项目', '男', '女', '结婚登记人数', '检查人数', '人']) }

for (const [what, block, want] of [
  ['what fits', [['1', '2'], ['3', '']], [['1', '2'], ['3', '']]],
  ['an empty column and row that fit clear cells', [['1', ''], ['', '']], [['1', ''], ['', '']]],
  ['empty edge columns', [['', '1', '2', ''], ['', '3', '4', '']], [['1', '2'], ['3', '4']]],
  ['empty edge rows', [['', ''], ['1', '2'], ['3', '4'], ['', '']], [['1', '2'], ['3', '4']]],
  ['known column heads', [['男', '女'], ['1', '2']], [['1', '2']]],
  ['the whole table', [['行号', '项目', '男', '女'], ['1', '结婚登记人数', '5', '6'], ['2', '检查人数', '7', '不适用']],
    [['5', '6'], ['7', '不适用']]],
  ['other people’s words for the same', [['', '上报数', ''], ['甲', '8', '9'], ['乙', '近5000', '1,234']],
    [['8', '9'], ['近5000', '1,234']]],
  ['words that are no answers stay where they fit', [['五千', '无'], ['-', '零']], [['五千', '无'], ['-', '零']]],
  ['the whole table within empty edges', [['', '', '', '', ''], ['', '行号', '项目', '数量', ''],
    ['', '1', '结婚登记人数', '5', ''], ['', '2', '检查人数', '10-20', ''], ['', '', '', '', '']], [['5'], ['10-20']]],
  ['what is too much stays too much', [['1', '2', '3']], [['1', '2', '3']]],
  ['rows of different width', [['1'], ['2', '3']], [['1', ''], ['2', '3']]],
]) {
  test(what, () => assert.deepEqual(fitBlock(block, room), want))
}
