/** Runs in Deno: serves a function on a free port of this machine, says which, and ends with whoever started it. */
const { serve } = Deno
const onListen = ({ port }: { port: number }) => console.log(JSON.stringify({ port }))
Deno.serve = (handler) => {
  if (typeof handler === 'function') serve({ hostname: '127.0.0.1', port: 0, onListen }, handler)
}
await import(`../${Deno.args[0]}/index.ts`)
for await (const _ of Deno.stdin.readable);
Deno.exit()

export {}
