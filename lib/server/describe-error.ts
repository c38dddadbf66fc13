import { err as serialize } from 'pino-std-serializers'

/** What a log line says of an error. Drivers hang whole clients, with their buffers and secrets, on the errors they throw. */
export function describeError(error: Error): Record<string, unknown> {
  const { type, message, stack, code } = serialize(error)
  return { type, message, stack, ...(code === undefined ? {} : { code }) }
}
