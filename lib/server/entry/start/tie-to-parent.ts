/**
 * Preloaded into programs that know nothing of a supervisor: when the parent is gone, however suddenly, its
 * IPC channel closes, and the program ends as if it had been asked to.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
