// The dialling side of `betar bench libp2p`: each measure returns plain numbers, the harness makes the table.
import { multiaddr } from '@multiformats/multiaddr'
import { sendAll } from './streams.js'

const now = () => performance.now()
const options = () => ({ signal: AbortSignal.timeout(60000), maxOutboundStreams: 2000 })
const connect = (session, address) => session.node.dial(multiaddr(address), { signal: AbortSignal.timeout(15000) })

async function request (connection, bytes) {
  const started = now()
  const stream = await connection.newStream('/interop/request/1.0.0', options())
  stream.send(bytes)
  await stream.close()
  let received = 0
  for await (const part of stream) received += part.byteLength
  if (received !== bytes.length) throw new Error(`a reply of ${received} bytes`)
  return now() - started
}

export const measures = {
  async measureHandshakes (session, { address, count }) {
    const ms = []
    for (let i = 0; i < count; i++) {
      const started = now()
      const connection = await session.node.dial(multiaddr(address), { force: true, signal: AbortSignal.timeout(15000) })
      ms.push(now() - started)
      await connection.close()
    }
    return { ms }
  },

  async measurePings (session, { address, count }) {
    const connection = await connect(session, address)
    const stream = await connection.newStream('/ipfs/ping/1.0.0', options())
    const ms = []
    const bytes = Buffer.alloc(32, 7)
    let received = 0
    let answered = null
    stream.addEventListener('message', event => {
      received += event.data.byteLength
      if (received >= 32) answered()
    })
    for (let i = 0; i < count; i++) {
      received = 0
      const pong = new Promise(resolve => { answered = resolve })
      const started = now()
      stream.send(bytes)
      await pong
      ms.push(now() - started)
    }
    stream.abort(new Error('done'))
    await connection.close()
    return { ms }
  },

  async measureRequests (session, { address, count, parallel = 1 }) {
    const connection = await connect(session, address)
    const bytes = Buffer.alloc(1024, 7)
    await request(connection, bytes)
    const ms = []
    let left = count
    const started = now()
    await Promise.all(Array.from({ length: parallel }, async () => {
      while (left-- > 0) ms.push(await request(connection, bytes))
    }))
    const seconds = (now() - started) / 1000
    await connection.close()
    return { ms, perSecond: count / seconds }
  },

  async measureBulk (session, { address, up = 0, down = 0 }) {
    const connection = await connect(session, address)
    const stream = await connection.newStream('/perf/1.0.0', options())
    const head = Buffer.alloc(8)
    head.writeBigUInt64BE(BigInt(down))
    const started = now()
    let received = 0
    const reading = (async () => { for await (const part of stream) received += part.byteLength })()
    stream.send(head)
    const block = Buffer.alloc(1024 * 1024)
    for (let left = up; left > 0; left -= block.length) await sendAll(stream, block.subarray(0, Math.min(left, block.length)))
    await stream.close()
    await reading
    const seconds = (now() - started) / 1000
    await connection.close()
    if (received !== down) throw new Error(`${received} of ${down} bytes came`)
    return { mebibytesPerSecond: (up + down) / 1048576 / seconds }
  }
}
