/** What the file of a live set is called: by its session and when it began, as people there write it. */
export function nameSet(title: string, beganAt: Date, language: string): string {
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(beganAt)
  return `${title} ${when}.m4a`.replaceAll(':', '.').replaceAll(/[/\\]/g, '-')
}
