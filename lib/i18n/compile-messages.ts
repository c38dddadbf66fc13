import compile from 'icu-minify/compile'

type Tree = { readonly [key: string]: string | Tree }

/**
 * Messages in the form that `use-intl/format-message/format-only` says: parsed here, so that no browser loads the parser
 * (40 kB) or spends its first tenths of a second in it. `next.config.ts` takes the parser out.
 *
 * @returns messages of the same type as far as anybody who asks for a text can tell
 */
export function compileMessages<Messages extends Tree>(messages: Messages): Messages {
  const compiled = Object.entries(messages).map(([key, message]) => [
    key,
    typeof message === 'string' ? plain(compile(message)) : compileMessages(message),
  ])
  return Object.fromEntries(compiled)
}

/** Objects without a prototype, which the compiler makes, do not travel from server to browser components. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value))
}
