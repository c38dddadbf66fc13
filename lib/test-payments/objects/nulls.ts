/** The fields that may be null. */
type NullableName<Owner> = { [Name in keyof Owner]-?: null extends Owner[Name] ? Name : never }[keyof Owner] &
  string

/** Fields of one of Stripe's objects without a value: each object has every field, and most of them are null here. */
export const nullsOf =
  <Owner>() =>
  <Name extends NullableName<Owner>>(...names: Name[]): Record<Name, null> =>
    Object.fromEntries(names.map((name) => [name, null])) as Record<Name, null>
