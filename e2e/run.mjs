// Runs the scenarios of this folder, or those named on the command line, each with a program and a browser of
// its own. A scenario is a function of what `run` gives it; it throws what it did not find, and may export the sample
// that it plays in.
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { root, startApp } from './app.mjs'
import { lastSeen, launch, shot, signIn, user } from './browser.mjs'
import { becomes, expect, press, says, until } from './wait.mjs'

const folder = join(import.meta.dirname, 'scenarios')
const wanted = process.argv.slice(2)
const names = (await readdir(folder)).filter(f => f.endsWith('.mjs')).map(f => f.slice(0, -4)).sort()
const unknown = wanted.filter(name => !names.includes(name))
if (unknown.length) {
  console.error(`no scenario ${unknown.join(', ')}; there are ${names.join(', ')}`)
  process.exit(2)
}

if (!existsSync(join(root, 'bin/yipanqi'))) {
  console.error('there is no bin/yipanqi; run make build')
  process.exit(1)
}

async function run(name, scenario, sample) {
  const faults = []
  let app, browser
  try {
    app = await startApp(sample)
    browser = await launch()
    await scenario({
      app, becomes, expect, press, says, until,
      user: (through = app) => user(browser, through, faults),
      shot: (page, name) => shot(page, name, faults),
      signIn: (page, login) => signIn(page, app, login),
    })
  } catch (error) {
    faults.push(error.stack)
    if (browser) faults.push(...await lastSeen(browser, name).catch(error => [`nothing seen: ${error.message}`]))
  }
  await browser?.close()
  await app?.stop().catch(error => faults.push(error.message))
  const logged = app?.output().split('\n').filter(line => /level"?[=:]"?ERROR/.test(line)) ?? []
  return faults.concat(logged)
}

// One scenario a processor, the longest first: their browsers and programs know nothing of each other.
let failed = 0
const waiting = (wanted.length ? wanted : names).toSorted((a, b) => b.startsWith('axe') - a.startsWith('axe'))
const count = waiting.length

async function work() {
  for (let name; (name = waiting.shift());) {
    const began = Date.now()
    const { default: scenario, sample } = await import(join(folder, name + '.mjs'))
    const faults = await run(name, scenario, sample)
    if (faults.length) failed++
    console.log(`${faults.length ? 'FAIL' : 'ok  '} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
    for (const fault of new Set(faults)) console.log('     ' + fault.replaceAll('\n', '\n     '))
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, work))
console.log(`${count - failed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
