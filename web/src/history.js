// What was done in a grid, to be undone and done again: each step is the cells it changed, with what they held before
// and after.
export class History {
  done = []
  undone = []

  // add keeps a step that has been taken.
  add(changes) {
    const real = changes.filter(({ before, after }) => before !== after)
    if (real.length === 0) return
    this.done.push(real)
    this.undone = []
  }

  undo() { return this.shift(this.done, this.undone, 'before') }

  redo() { return this.shift(this.undone, this.done, 'after') }

  shift(from, to, which) {
    const step = from.pop()
    if (!step) return undefined
    for (const change of step) change.input.value = change[which]
    to.push(step)
    return step
  }
}
