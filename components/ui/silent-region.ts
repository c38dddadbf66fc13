/**
 * For a live region with nothing to say: it takes no place between its neighbours, but is there. One that is hidden until
 * it has a text is not always read aloud.
 */
export const silentRegion = 'empty:absolute'
