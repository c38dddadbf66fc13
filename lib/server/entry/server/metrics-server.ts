import cluster from 'node:cluster'
import { createServer, type Server } from 'node:http'
import { AggregatorRegistry, collectDefaultMetrics, register } from 'prom-client'

/** Has this process measure itself, and answer when the primary process asks for its figures. */
export function collectMetrics(): void {
  collectDefaultMetrics()
  if (cluster.isWorker) new AggregatorRegistry()
}

/** This process's metrics, as Prometheus reads them. */
export const readOwnMetrics = (): Promise<string> => register.metrics()

/** The metrics of all processes that this one forked, added up. */
export function createReadOfAllMetrics(): () => Promise<string> {
  const aggregator = new AggregatorRegistry()
  return () => aggregator.clusterMetrics()
}

/** Serves `GET /metrics`; 503 where a process does not tell its figures in time. */
export function createMetricsServer(read: () => Promise<string>): Server {
  return createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return response.writeHead(404).end()
    try {
      const text = await read()
      response.writeHead(200, { 'content-type': register.contentType }).end(text)
    } catch {
      response.writeHead(503).end()
    }
  })
}
