// While a button of the mouse is down, nothing may move below it, or its release hits something else and is no click.
let down = null, release

addEventListener('pointerdown', event => {
  if (event.button === 0) down = new Promise(done => { release = done })
}, true)
for (const end of ['pointerup', 'pointercancel']) {
  addEventListener(end, () => setTimeout(() => { // the click comes first
    release?.()
    down = null
  }), true)
}

// released waits for the release, but not for one that went elsewhere.
export const released = () => down && Promise.race([down, new Promise(done => setTimeout(done, 1000))])
