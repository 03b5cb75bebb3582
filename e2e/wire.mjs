// A network between a browser and the program that a scenario can cut and restore, as a basement does: connections that
// stand are broken, new ones refused.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'

// wired opens it for one program; what it returns stands for the program where a browser is opened.
export async function wired(app) {
  const target = new URL(app.url), open = new Set()
  const pass = near => {
    const far = connect(Number(target.port), target.hostname)
    for (const [one, other] of [[near, far], [far, near]]) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => { open.delete(one); other.destroy() })
    }
  }
  let server = createServer(pass).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  const wire = {
    url: `http://127.0.0.1:${port}`,
    down: false,
    async cut() {
      wire.down = true
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.destroy()
      await closed
    },
    async restore() {
      server = createServer(pass).listen(port, '127.0.0.1')
      await once(server, 'listening')
      wire.down = false
    },
    async stop() { if (!wire.down) await wire.cut() },
  }
  return wire
}
