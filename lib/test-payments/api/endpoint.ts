import type Stripe from 'stripe'
import type { z } from 'zod'
import { expandPaths } from '../objects/expand.ts'
import { find } from '../refusal.ts'
import type { Fake } from '../state/state.ts'
import type { FormFields } from './form.ts'
import type { Foreign, Operations } from './operations.ts'
import { checkParameters, type PageParameters } from './parameters.ts'

export type Endpoint = {
  /** `GET /v1/refunds/:id` */
  route: string
  /** Checks the parameters and hands back what the endpoint does. Both throw StripeRefusal. */
  prepare: (fake: Fake, fields: FormFields, id: string) => () => object
}

/** Compiles only where what a schema lets through is what Stripe takes, and nothing of it is unknown there. */
type Declared<Parameters, Theirs> = Parameters extends Theirs
  ? [Foreign<Parameters, Theirs>] extends [never]
    ? unknown
    : { unknownToStripe: Foreign<Parameters, Theirs> }
  : { takenByStripe: Theirs }

/**
 * An endpoint as Stripe declares it: a part of its parameters, and whole answers.
 * @param act does it; throws StripeRefusal where Stripe would refuse
 */
export function endpoint<Route extends keyof Operations, Parameters extends { expand: string[] }>(
  route: Route,
  schema: z.ZodType<Parameters> & Declared<Parameters, Operations[Route]['takes']>,
  act: (fake: Fake, parameters: Parameters, id: string) => Operations[Route]['answers'],
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
  isWanted: (record: NoInfer<Kept>) => boolean,
): Stripe.ApiList<Kept> {
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
