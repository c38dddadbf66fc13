/** The places inside a page that links lead to. */
export const anchors = { content: 'content', onAir: 'on-air' } as const
