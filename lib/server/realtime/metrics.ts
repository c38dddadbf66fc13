import { Counter, Gauge, Histogram, type Registry, register } from 'prom-client'
import type { HubMeter } from './hub/hub-meter.ts'

/** Seconds; 0.1 is what a message may take. */
const latencyBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15]
const fanOutBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1]

/**
 * Counts what a hub tells of itself, in Prometheus' units (seconds, bytes) and under its naming rules. Once a registry:
 * names are taken only once. Readers on WebSocket are connected to Supabase, whose metrics count them.
 */
export function createHubMeter(registry: Registry = register): HubMeter {
  const registers = [registry]
  const counter = <L extends string = never>(name: string, help: string, labelNames: L[] = []) =>
    new Counter({ name: `whatssound_hub_${name}`, help, labelNames, registers })
  const gauge = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Gauge({ name: `whatssound_hub_${name}`, help, labelNames, registers })
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `whatssound_hub_${name}`, help, buckets, registers })

  const connections = gauge('connections', 'Open readers.', ['transport'])
  const upstreams = gauge('upstreams', 'Sessions followed, by whether their upstream is there.', ['state'])
  const resumes = counter('resumes_total', 'Readers that came with a cursor.', ['transport'])
  const deliveries = counter('deliveries_total', 'Frames handed to readers.')
  const deliveredBytes = counter('delivered_bytes_total', 'Bytes of those frames.')
  const fanOut = histogram('fan_out_seconds', 'From first to last reader of one frame.', fanOutBuckets)
  const lag = histogram('upstream_lag_seconds', 'From commit to arrival from upstream.', latencyBuckets)
  const latency = histogram('latency_seconds', 'From commit to the end of the fan-out.', latencyBuckets)
  const skipped = counter('skipped_total', 'Frames that a full reader did not get.')
  const dropped = counter('dropped_total', 'Readers closed by the hub.', ['reason'])
  const gapsFilled = counter('gap_events_total', 'Events missed and read from the log.')
  const logFailures = counter('log_failures_total', 'Failed reads of the log.')

  return {
    readers: (way, change) => connections.inc({ transport: way }, change),
    upstreams: (state, change) => upstreams.inc({ state }, change),
    resumed: (way) => resumes.inc({ transport: way }),
    fannedOut: (frame) => {
      deliveries.inc(frame.deliveries)
      deliveredBytes.inc(frame.bytes)
      fanOut.observe(frame.durationInMs / 1000)
    },
    upstreamLag: (lagInMs) => lag.observe(inSeconds(lagInMs)),
    endToEnd: (latencyInMs) => latency.observe(inSeconds(latencyInMs)),
    skipped: (readers) => skipped.inc(readers),
    dropped: (reason) => dropped.inc({ reason }),
    gapFilled: (events) => gapsFilled.inc(events),
    logFailed: () => logFailures.inc(),
  }
}

/** The database's clock may be a little ahead of this machine's. */
const inSeconds = (durationInMs: number): number => Math.max(0, durationInMs) / 1000
