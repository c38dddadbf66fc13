import { z } from 'zod'

/** Clients send booleans as texts, too. Anything else counts as absent. */
const flag = z
  .union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })])
  .optional()
  .catch(undefined)
const text = z.string().optional().catch(undefined)

const postgresChange = z.looseObject({
  event: text,
  schema: text,
  table: text,
  filter: text,
  select: z.array(z.string()).optional().catch(undefined),
})

const config = z.object({
  private: flag,
  broadcast: z
    .object({
      ack: flag,
      self: flag,
      replication_ready: flag,
      replay: z.object({ since: z.number(), limit: z.number().optional() }).optional(),
    })
    .optional(),
  presence: z.object({ key: text, enabled: flag }).optional(),
  postgres_changes: z.array(postgresChange).nullish().catch(undefined),
  postgres_changes_options: z.object({ wait: flag }).optional().catch(undefined),
})

/** The payload of `phx_join`. */
export const joinPayload = z.object({ config: config.default({}), access_token: text, user_token: text })

export type JoinPayload = z.infer<typeof joinPayload>
export type PostgresChangeParams = z.infer<typeof postgresChange>
