// A program of our own for one scenario: bin/yipanqi with a sample in a new data folder, on a free port.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const root = join(import.meta.dirname, '..')
const program = join(root, 'bin/yipanqi')
const newFolder = () => mkdtemp(join(tmpdir(), 'yipanqi-e2e-'))

// A sample is loaded once; every program gets a copy.
const samples = new Map()

async function load(sample) {
  const data = await newFolder()
  process.once('exit', () => rmSync(data, { recursive: true, force: true }))
  await promisify(execFile)(program, ['import', '--sample', join(root, 'samples', sample), '--data', data])
  return data
}

export async function startApp(sample = 'beijing') {
  if (!samples.has(sample)) samples.set(sample, load(sample))
  const data = await newFolder()
  await cp(await samples.get(sample), data, { recursive: true })
  const url = `http://127.0.0.1:${await freePort()}`
  const child = spawn(program,
    ['serve', `--sample=${sample}`, '--data', data, '--addr', url.slice(7)], { cwd: root })
  let output = ''
  child.stdout.on('data', text => { output += text })
  child.stderr.on('data', text => { output += text })
  const ended = once(child, 'exit')
  const app = {
    url, data, pid: child.pid,
    output: () => output,
    password: () => output.match(/密码: (\S+)/)[1],
    phrase: () => output.match(/签名口令: (.+)/)[1].trim(),
    async stop() {
      child.kill('SIGTERM')
      const [code, signal] = await Promise.race([ended, after(10_000, ['late'])])
      if (code === 'late') child.kill('SIGKILL')
      await rm(data, { recursive: true, force: true })
      if (code !== 0) throw new Error(`yipanqi did not end well on SIGTERM (${code ?? signal}):\n${output}`)
    },
  }
  for (const deadline = Date.now() + 60_000; ;) {
    if (child.exitCode !== null) throw new Error(`yipanqi did not start:\n${output}`)
    if (output.includes(url) && await answers(url)) return app
    if (Date.now() > deadline) {
      await app.stop()
      throw new Error(`yipanqi did not answer within a minute:\n${output}`)
    }
    await after(50)
  }
}

const after = (ms, value) => new Promise(done => setTimeout(done, ms, value))
const answers = url => fetch(url, { redirect: 'manual' }).then(() => true, () => false)

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}
