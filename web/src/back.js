// A page that comes back from what the browser kept is asked for again: it may have changed, or its reader may have
// signed out. Where nothing changed that costs one short answer. What was typed into a form is left alone.
import { filled } from './session.js'

export function wireBack() {
  addEventListener('pageshow', event => {
    const kept = event.persisted || performance.getEntriesByType('navigation')[0]?.type === 'back_forward'
    if (kept && navigator.onLine && ![...document.forms].some(filled)) location.reload()
  })
}
