/** What the file of a live set is called: by its session and when it began, as its DJ writes it and by their clock. */
export function nameSet(
  title: string,
  beganAt: Date,
  { locale, timeZone }: { locale: string; timeZone: string | undefined },
): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const
  const when = new Intl.DateTimeFormat(locale, style).format(beganAt)
  return `${title} ${when}.m4a`.replaceAll(':', '.').replaceAll(/[/\\]/g, '-')
}
