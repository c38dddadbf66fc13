/** The same keys with any text: what every other language has to satisfy, so that a missing one does not compile. */
export type ShapeOf<Messages> = {
  readonly [Key in keyof Messages]: Messages[Key] extends string ? string : ShapeOf<Messages[Key]>
}
