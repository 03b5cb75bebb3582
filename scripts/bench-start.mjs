// What the program itself costs: the size of bin/yipanqi, its way from start to the first page, its memory after the
// journey of e2e/, and what it writes when nobody asks for anything. Prints each with its target.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { root, startApp } from '../e2e/app.mjs'
import { launch, signIn, user } from '../e2e/browser.mjs'
import journey from '../e2e/scenarios/journey.mjs'

const program = join(root, 'bin/yipanqi')
const starts = 9
const idleSeconds = 20

function atMost(what, got, target, unit) {
  console.log(`    ${what.padEnd(60)} ${got.toFixed(1).padStart(8)} ${unit} target ≤ ${target}: ${got <= target ? 'met' : 'MISSED'}`)
}

// start serves the data folder and waits for the sign-in page, looking every millisecond.
async function start(data) {
  const began = performance.now()
  const child = spawn(program, ['serve', '--data', data, '--addr', '127.0.0.1:0'], { cwd: root })
  let output = ''
  child.stdout.on('data', text => { output += text })
  child.stderr.on('data', text => { output += text })
  for (;;) {
    const url = output.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0]
    const answer = url && await fetch(url + '/signin').catch(() => null)
    if (answer?.status === 200) {
      await answer.text()
      return { child, url, took: performance.now() - began }
    }
    if (child.exitCode !== null) throw new Error(`yipanqi did not start:\n${output}`)
    await after(1)
  }
}

async function stop(child) {
  child.kill('SIGTERM')
  await once(child, 'exit')
}

const status = async (pid, name) => Number((await readFile(`/proc/${pid}/status`,
  'utf8')).match(new RegExp(`${name}:\\s+(\\d+)`))[1]) * 1024 / 1e6
const written = async pid => Number((await readFile(`/proc/${pid}/io`, 'utf8')).match(/wchar: (\d+)/)[1])

async function files(folder) {
  const all = {}
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const { size, mtimeMs } = await stat(join(folder, name))
    all[name] = `${size} ${mtimeMs}`
  }
  return JSON.stringify(all)
}

async function afterJourney() {
  const app = await startApp()
  const browser = await launch()
  try {
    const faults = []
    await journey({
      app,
      expect: (holds, what) => { if (!holds) throw new Error(`expected ${what}`) },
      user: () => user(browser, app, faults),
      shot: () => {},
      signIn: (page, login) => signIn(page, app, login),
    })
    return [await status(app.pid, 'VmRSS'), await status(app.pid, 'VmHWM')]
  } finally {
    await browser.close()
    await app.stop()
  }
}

atMost('bin/yipanqi', (await stat(program)).size / 1e6, 45, 'MB')

const city = await mkdtemp(join(tmpdir(), 'yipanqi-bench-'))
try {
  const began = performance.now()
  execFileSync(program, ['import', '--sample', 'samples/shifan', '--data', city], { cwd: root, stdio: 'ignore' })
  atMost('loading the fictional city with ten years of signatures', (performance.now() - began) / 1000, 20, 's')
} finally {
  await rm(city, { recursive: true })
}

const data = await mkdtemp(join(tmpdir(), 'yipanqi-bench-'))
try {
  execFileSync(program, ['import', '--sample', 'samples/beijing', '--data', data], { cwd: root, stdio: 'ignore' })
  const took = []
  for (let n = 0; n < starts; n++) {
    const run = await start(data)
    took.push(run.took)
    await stop(run.child)
  }
  took.sort((a, b) => a - b)
  atMost(`from start to the sign-in page, median of ${starts}`, took[(starts - 1) / 2], 200, 'ms')

  const { child } = await start(data)
  await after(2000)
  const before = [await files(data), await written(child.pid)]
  await after(idleSeconds * 1000)
  const same = before[0] === await files(data)
  atMost(`written by an idle server in ${idleSeconds} s${same ? '' : ' (files have changed!)'}`,
    await written(child.pid) - before[1], 0, 'B')
  await stop(child)
} finally {
  await rm(data, { recursive: true })
}

const [now, peak] = await afterJourney()
atMost('resident after loading the sample and the journey', now, 100, 'MB')
console.log(`    its peak was ${peak.toFixed(0)} MB`)
