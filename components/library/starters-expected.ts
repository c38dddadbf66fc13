/** How many starter tracks an installation has once all are made (`starterTracks` of the server). */
export const startersExpected = 3
