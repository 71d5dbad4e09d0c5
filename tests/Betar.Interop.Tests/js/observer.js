// Watches where a peer answers, as somebody who has no part in it: a js-libp2p node for each address, which dials it whenever it has no connection and
// pings on what it has. A line for each answer: {"port","began","ended"}, in milliseconds since 1970. Ends with its input.
import { setTimeout as pause } from 'node:timers/promises'
import { multiaddr } from '@multiformats/multiaddr'
import { start } from './node.js'

const now = () => performance.timeOrigin + performance.now()

async function watch (address) {
  const node = await start({ listen: [] })
  const at = multiaddr(address)
  const port = Number(address.split('/')[4])
  for (;;) {
    const began = now()
    try {
      await node.services.ping.ping(at, { signal: AbortSignal.timeout(2000) })
      process.stdout.write(`${JSON.stringify({ port, began, ended: now() })}\n`)
    } catch {
      // Nobody there, or nobody any more.
    }
    await pause(25)
  }
}

process.stdin.on('end', () => process.exit(0)).resume()
await Promise.all(process.argv.slice(2).map(watch))
