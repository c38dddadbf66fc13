import { z } from 'zod'
import { find } from '../refusal.ts'
import { created, isWithin } from './created.ts'
import { endpoint, pageOf } from './endpoint.ts'
import { list, pageParameters, readParameters, text } from './parameters.ts'

const listParameters = z.strictObject({
  ...pageParameters,
  created,
  types: list(text())
    .refine((types) => types.length <= 20, 'At most 20 types')
    .optional(),
})

export const eventEndpoints = [
  // Those of connected accounts are in their own lists.
  endpoint('GET /v1/events', listParameters, ({ state }, parameters) =>
    pageOf(
      state.events,
      'event',
      parameters,
      (event) =>
        event.account === undefined &&
        isWithin(event.created, parameters.created) &&
        (!parameters.types || parameters.types.includes(event.type)),
    ),
  ),
  endpoint('GET /v1/events/:id', readParameters, ({ state }, _, id) => find(state.events, id, 'event')),
]
