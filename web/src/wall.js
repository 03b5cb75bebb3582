// A page on a wall: its views take turns, and each minute it is fetched anew. What is there stays while the server does
// not answer, and the foot says so.
const turn = 20_000, news = 60_000

export function mountWall() {
  let at = 0
  const show = () => {
    const views = [...document.querySelectorAll('[data-view]')]
    views.forEach((view, i) => { view.hidden = i !== at % views.length })
  }
  const look = async () => {
    let fresh
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
      if (answer.redirected) location.reload() // signed out
      if (answer.ok) fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main')
    } catch { /* said below */ }
    if (fresh) document.querySelector('main').replaceWith(document.adoptNode(fresh))
    document.querySelector('[data-stale]').hidden = Boolean(fresh)
    show()
  }
  show()
  setInterval(() => { at += 1; show() }, turn)
  setInterval(look, news)
}
