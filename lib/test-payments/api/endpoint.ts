import type { z } from 'zod'
import { expandPaths } from '../objects/expand.ts'
import { find } from '../refusal.ts'
import type { Fake } from '../state/state.ts'
import type { FormFields } from './form.ts'
import { checkParameters, type PageParameters } from './parameters.ts'

export type Endpoint = {
  /** `GET /v1/refunds/:id` */
  route: string
  /** Checks the parameters and hands back what the endpoint does. Both throw StripeRefusal. */
  prepare: (fake: Fake, fields: FormFields, id: string) => () => object
}

export function endpoint<Parameters extends { expand: string[] }>(
  route: string,
  schema: z.ZodType<Parameters>,
  act: (fake: Fake, parameters: Parameters, id: string) => object,
): Endpoint {
  return {
    route,
    prepare: (fake, fields, id) => {
      const parameters = checkParameters(schema, fields)
      return () => expandPaths(fake.state, act(fake, parameters, id), parameters.expand)
    },
  }
}

/** One page of a list, newest first. @throws StripeRefusal */
export function pageOf<Kept extends { id: string }>(
  records: Record<string, Kept>,
  kind: string,
  { limit, starting_after: after }: PageParameters,
  isWanted: (record: Kept) => boolean,
) {
  if (after) find(records, after, kind, 'starting_after')
  const all = Object.values(records).reverse()
  const rest = all.slice(after ? all.findIndex(({ id }) => id === after) + 1 : 0).filter(isWanted)
  return {
    object: 'list',
    data: rest.slice(0, limit),
    has_more: rest.length > limit,
    url: `/v1/${kind.replace('.', '/')}s`,
  }
}
