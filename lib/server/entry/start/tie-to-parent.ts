/**
 * Preloaded into programs that know nothing of a supervisor, and into what they fork. When the parent is gone,
 * however suddenly, the system gives its children another; then the program ends as if it had been asked to.
 * (An IPC channel would tell at once, but listening to it changes when a program like Next considers itself done.)
 */
const startedBy = process.ppid

setInterval(() => {
  if (process.ppid !== startedBy) process.kill(process.pid, 'SIGTERM')
}, 500).unref()

export {}
