/** Remembers the latest result and gives it again while every argument is the same. */
export function memoizeLatest<A extends readonly unknown[], R>(
  compute: (...args: A) => R,
): (...args: A) => R {
  let latest: { args: A; result: R } | undefined
  return (...args) => {
    const known = latest
    if (known?.args.every((arg, index) => Object.is(arg, args[index]))) return known.result
    latest = { args, result: compute(...args) }
    return latest.result
  }
}
