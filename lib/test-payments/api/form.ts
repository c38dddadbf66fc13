import { invalidRequest } from '../refusal.ts'

export type FormFields = { [name: string]: FormValue }
export type FormValue = string | FormFields

/** Fields without a prototype, so that no name in a request means anything. */
const noFields = (): FormFields => Object.create(null)

/** Parses form-encoded text: `a[b][0][c]=1` is `{ a: { b: { 0: { c: '1' } } } }`. @throws StripeRefusal */
export function parseForm(text: string): FormFields {
  const fields = noFields()
  for (const [key, value] of new URLSearchParams(text)) {
    const path = pathOf(key)
    const last = path.pop() ?? key
    const place = path.reduce((outer, name) => step(outer, name, key), fields)
    const name = last || String(Object.keys(place).length)
    if (name in place) throw invalidRequest(`Received ${key} twice`, { param: key })
    place[name] = value
  }
  return fields
}

function pathOf(key: string): string[] {
  if (!/^[^[\]]+(\[[^[\]]*\])*$/.test(key)) throw invalidRequest(`Invalid parameter name: ${key}`)
  return key.replaceAll(']', '').split('[')
}

function step(outer: FormFields, name: string, key: string): FormFields {
  outer[name] ??= noFields()
  const inner = outer[name]
  if (typeof inner === 'string') throw invalidRequest(`Received ${key} as text and as a hash`, { param: key })
  return inner
}
