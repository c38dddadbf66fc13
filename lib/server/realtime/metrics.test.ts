import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createHubMeter } from './metrics.ts'

function start() {
  const registry = new Registry()
  return { registry, meter: createHubMeter(registry) }
}

test('connections rise and fall by transport', async () => {
  const { registry, meter } = start()
  meter.readers('sse', 1)
  meter.readers('sse', 1)
  meter.readers('sse', -1)
  meter.readers('long_poll', 1)
  const text = await registry.metrics()
  expect(text).toContain('whatssound_hub_connections{transport="sse"} 1\n')
  expect(text).toContain('whatssound_hub_connections{transport="long_poll"} 1\n')
})

test('a fan-out counts its deliveries, bytes and seconds', async () => {
  const { registry, meter } = start()
  meter.fannedOut({ deliveries: 10_000, bytes: 3_000_000, durationInMs: 80 })
  const text = await registry.metrics()
  expect(text).toContain('whatssound_hub_deliveries_total 10000\n')
  expect(text).toContain('whatssound_hub_delivered_bytes_total 3000000\n')
  expect(text).toContain('whatssound_hub_fan_out_seconds_sum 0.08\n')
})

test('a clock that is ahead makes no negative latency', async () => {
  const { registry, meter } = start()
  meter.upstreamLag(-3)
  meter.endToEnd(20)
  const text = await registry.metrics()
  expect(text).toContain('whatssound_hub_upstream_lag_seconds_sum 0\n')
  expect(text).toContain('whatssound_hub_latency_seconds_bucket{le="0.025"} 1\n')
})

test('everything else a hub tells is counted', async () => {
  const { registry, meter } = start()
  meter.upstreams('open', 1)
  meter.upstreams('open', -1)
  meter.upstreams('down', 1)
  meter.resumed('sse')
  meter.skipped(3)
  meter.dropped('too_slow')
  meter.gapFilled(7)
  meter.logFailed()
  const text = await registry.metrics()
  for (const line of [
    'upstreams{state="open"} 0',
    'upstreams{state="down"} 1',
    'resumes_total{transport="sse"} 1',
    'skipped_total 3',
    'dropped_total{reason="too_slow"} 1',
    'gap_events_total 7',
    'log_failures_total 1',
  ])
    expect(text).toContain(`whatssound_hub_${line}\n`)
})
