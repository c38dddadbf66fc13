/**
 * Node's flags for a process that serves the app. V8 keeps what a crowd that arrives at once makes it take: 10,000 streams
 * took 30 kB each, with small semi-spaces 13.
 */
export const appFlags = ['--max-semi-space-size=2']
