import { openTcpProxy, type TcpProxy } from '#lib/testing/tcp-proxy.ts'
import type { Lines } from '../clients/messages.ts'
import type { LineStrike } from '../plan/plan-strikes.ts'
import type { Product } from '../product/start-product.ts'

/** Networks with their lines to the product, which can be struck. */
export type Networks = {
  lines: readonly Lines[]
  /** Resolves when the strike is over. Where two strikes meet on a network, the later one counts. */
  strike: (strike: LineStrike) => Promise<void>
  heal: () => void
  close: () => Promise<void>
}

export async function openNetworks(
  product: Pick<Product, 'appUrl' | 'supabaseUrl'>,
  count: number,
  random: () => number,
): Promise<Networks> {
  const networks = await Promise.all(
    Array.from({ length: count }, () =>
      Promise.all([openTcpProxy(product.appUrl, random), openTcpProxy(product.supabaseUrl, random)]),
    ),
  )
  const struckBy = new Map<number, LineStrike>()

  const linesOf = (network: number): TcpProxy[] => networks[network] ?? []
  const healNetwork = (network: number): void => {
    struckBy.delete(network)
    for (const line of linesOf(network)) line.suffer(null)
  }

  return {
    lines: networks.map(([app, supabase]) => ({ appUrl: app.url, supabaseUrl: supabase.url })),
    strike: async (strike) => {
      for (const network of strike.networks) {
        for (const line of linesOf(network)) deal(line, strike)
        if (strike.fault) struckBy.set(network, strike)
      }
      if (!strike.fault) return
      await new Promise((resolve) => setTimeout(resolve, strike.durationInMs))
      for (const network of strike.networks) if (struckBy.get(network) === strike) healNetwork(network)
    },
    heal: () => {
      for (const network of networks.keys()) healNetwork(network)
    },
    close: async () => {
      await Promise.all(networks.flat().map((line) => line.close()))
    },
  }
}

function deal(line: TcpProxy, { fault, blow }: LineStrike): void {
  if (fault) line.suffer(fault)
  if (blow === 'reset') line.cut()
  if (blow === 'half_close_to_client') line.halfClose('client')
  if (blow === 'half_close_to_server') line.halfClose('server')
}
