import { stdSerializers } from 'pino'

/** What a log line says of an error. Drivers hang whole clients, with their buffers and secrets, on the errors they throw. */
export function describeError(error: Error): Record<string, unknown> {
  const { type, message, stack, code } = stdSerializers.err(error)
  return { type, message, stack, ...(code === undefined ? {} : { code }) }
}
