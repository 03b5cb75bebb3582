// Notes that a phone has not sent yet, with their photos, in the browser's own database: they outlive the page, the
// session and the battery. Each has an id made here, under which the server takes it once.
const name = 'yipanqi-field', notes = 'notes'

let opened

function open() {
  return opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(name, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(notes, { keyPath: 'id' })
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => { opened = undefined; failed(asked.error) }
  })
}

// within does something in one transaction and answers once it is on disk.
async function within(mode, act) {
  const tx = (await open()).transaction(notes, mode)
  const request = act(tx.objectStore(notes))
  return new Promise((done, failed) => {
    tx.oncomplete = () => done(request.result)
    tx.onabort = tx.onerror = () => failed(tx.error)
  })
}

// put keeps a note: {id, person, action, at, entries: [[name, text or file]], form, label, refused}. It fails where
// there is no room.
export const put = note => within('readwrite', store => store.put(note))

export const drop = id => within('readwrite', store => store.delete(id))

// waiting are the notes of a person for one place, oldest first. Those of others who used this phone stay unseen.
export async function waiting(person, action) {
  const all = await within('readonly', store => store.getAll())
  return all.filter(n => n.person === person && n.action === action).sort((a, b) => a.at.localeCompare(b.at))
}

// newID is a random UUID; randomUUID is only there where the connection is encrypted.
export function newID() {
  if (crypto.randomUUID) return crypto.randomUUID()
  const b = crypto.getRandomValues(new Uint8Array(16))
  b[6] = b[6] & 0x0f | 0x40
  b[8] = b[8] & 0x3f | 0x80
  const hex = [...b].map(n => n.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
