// One function a command; each gets the session and the command's fields and returns the fields of the answer.
import { RecordEnvelope, PeerRecord } from '@libp2p/peer-record'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { gossips } from './gossip.js'
import { gossipMeasures } from './gossipMeasures.js'
import { measures } from './measures.js'
import { start } from './node.js'
import { serve } from './served.js'
import { Inbox, pattern, sendAll, sha256 } from './streams.js'
import { trades } from './trade.js'
import { versions } from './versions.js'

const timeout = ms => AbortSignal.timeout(ms ?? 15000)
const text = addresses => addresses.map(address => address.toString())
const seen = c => ({
  peer: c.remotePeer.toString(),
  address: c.remoteAddr.toString(),
  direction: c.direction,
  encryption: c.encryption,
  multiplexer: c.multiplexer,
  status: c.status,
  streams: c.streams.length
})

function connection (session, peer) {
  const found = session.node.getConnections(peerIdFromString(peer)).find(c => c.status === 'open')
  if (found == null) throw new Error(`no connection to ${peer}`)
  return found
}

const open = (session, peer, protocols, ms) => connection(session, peer).newStream(protocols, { signal: timeout(ms), maxOutboundStreams: 2000 })

// After each event of the kind, until it is so. The listener comes first: nothing can happen in between unseen.
async function eventually (session, kind, isSo) {
  let wake = () => {}
  const listener = () => wake()
  session.node.addEventListener(kind, listener)
  try {
    for (;;) {
      const next = new Promise(resolve => { wake = resolve })
      if (await isSo()) return
      await next
    }
  } finally {
    session.node.removeEventListener(kind, listener)
  }
}

async function echo (session, { peer, length = 1024, seed = 1, protocol = '/echo/1.0.0' }) {
  const stream = await open(session, peer, protocol)
  const sent = pattern(length, seed)
  const back = sha256()
  let received = 0
  const reading = (async () => {
    for await (const bytes of stream) {
      back.update(bytes.subarray())
      received += bytes.byteLength
    }
  })()
  await sendAll(stream, sent)
  await stream.close()
  await reading
  return { received, same: received === length && back.digest('hex') === sha256().update(sent).digest('hex') }
}

export const commands = {
  ...measures,
  ...gossips,
  ...gossipMeasures,
  ...trades,

  async start (session, options) {
    session.state = { failures: [], waiting: [], found: new Map() }
    session.node = await start(options)
    session.node.addEventListener('peer:discovery', event => session.state.found.set(event.detail.id.toString(), text(event.detail.multiaddrs)))
    await serve(session.node, session.state)
    session.node.addEventListener('connection:close', event => {
      if (options.events === true) session.emit({ event: 'closed', peer: event.detail.remotePeer.toString() })
    })
    return { node: session.id, peerId: session.node.peerId.toString(), addresses: text(session.node.getMultiaddrs()), versions: versions() }
  },

  async stop (session) {
    await session.node.stop()
    return {}
  },

  async dial (session, { address, peer, timeout: ms }) {
    return seen(await session.node.dial(address != null ? multiaddr(address) : peerIdFromString(peer), { signal: timeout(ms) }))
  },

  // Waits until this peer was found by itself, and says where.
  async found (session, { peer }) {
    await eventually(session, 'peer:discovery', () => session.state.found.has(peer))
    return { addresses: session.state.found.get(peer) }
  },

  connections: async session => ({ connections: session.node.getConnections().map(seen) }),

  async hangUp (session, { peer }) {
    await session.node.hangUp(peerIdFromString(peer), { signal: timeout() })
    return {}
  },

  // Dials and hangs up, `count` times: what is left open is what has leaked.
  async dialAndHangUp (session, { address, count }) {
    for (let i = 0; i < count; i++) {
      const c = await session.node.dial(multiaddr(address), { signal: timeout() })
      await c.close()
    }
    return { connections: session.node.getConnections().length }
  },

  echo,

  async echoMany (session, { peer, streams, length, seed = 1 }) {
    const results = await Promise.all(Array.from({ length: streams }, (_, i) => echo(session, { peer, length, seed: seed + i })))
    return { same: results.filter(r => r.same).length }
  },

  async open (session, { peer, protocols, timeout: ms }) {
    const stream = await open(session, peer, protocols, ms)
    const id = ++session.lastStream
    session.streams.set(id, { stream, inbox: new Inbox(stream) })
    return { stream: id, protocol: stream.protocol }
  },

  async send (session, { stream, hex, length, seed }) {
    await sendAll(session.stream(stream).stream, hex != null ? Buffer.from(hex, 'hex') : pattern(length, seed ?? 1))
    return {}
  },

  read: async (session, { stream, count }) => ({ hex: (await session.stream(stream).inbox.take(count)).toString('hex') }),

  readAll: async (session, { stream }) => ({ hex: (await session.stream(stream).inbox.takeAll()).toString('hex') }),

  // How the stream ended: cleanly, or with which error.
  async ending (session, { stream }) {
    const { inbox } = session.stream(stream)
    await inbox.until(() => inbox.ended)
    return { ended: inbox.error == null ? 'end' : inbox.error.name, unread: inbox.length }
  },

  async closeWrite (session, { stream }) {
    await session.stream(stream).stream.close({ signal: timeout() })
    return {}
  },

  async reset (session, { stream }) {
    session.stream(stream).stream.abort(new Error('asked to reset'))
    return {}
  },

  async ping (session, { peer, count = 1 }) {
    const ms = []
    for (let i = 0; i < count; i++) ms.push(await session.node.services.ping.ping(peerIdFromString(peer), { signal: timeout() }))
    return { ms }
  },

  async identify (session, { peer }) {
    const result = await session.node.services.identify.identify(connection(session, peer), { signal: timeout() })
    return {
      peer: result.peerId.toString(),
      agentVersion: result.agentVersion,
      protocolVersion: result.protocolVersion,
      protocols: result.protocols,
      addresses: text(result.listenAddrs),
      observed: result.observedAddr?.toString(),
      record: result.signedPeerRecord == null ? null : { seq: String(result.signedPeerRecord.seq), addresses: text(result.signedPeerRecord.addresses) }
    }
  },

  async push (session, { protocol }) {
    if (protocol != null) await session.node.handle(protocol, stream => { stream.abort(new Error('not for use')) })
    await session.node.services.push.sendPushMessage()
    return {}
  },

  // What the peer store holds of a peer, the signed record checked once more.
  async known (session, { peer }) {
    const entry = await session.node.peerStore.get(peerIdFromString(peer))
    const envelope = entry.peerRecordEnvelope == null
      ? null
      : await RecordEnvelope.openAndCertify(entry.peerRecordEnvelope, PeerRecord.DOMAIN, {})
    return {
      protocols: entry.protocols,
      addresses: entry.addresses.map(a => a.multiaddr.toString()),
      certified: entry.addresses.filter(a => a.isCertified).length,
      record: envelope == null ? null : { seq: String(PeerRecord.createFromProtobuf(envelope.payload).seqNumber), signer: envelope.publicKey.toString() }
    }
  },

  async perf (session, { peer, up, down }) {
    const stream = await open(session, peer, '/perf/1.0.0')
    const started = performance.now()
    const head = Buffer.alloc(8)
    head.writeBigUInt64BE(BigInt(down))
    let received = 0
    const reading = (async () => { for await (const bytes of stream) received += bytes.byteLength })()
    stream.send(head)
    await sendAll(stream, Buffer.alloc(up))
    await stream.close()
    await reading
    return { received, ms: performance.now() - started }
  },

  // Waits until the peer is known to serve the protocol.
  async knownUntil (session, { peer, protocol }) {
    const id = peerIdFromString(peer)
    const serves = async () => (await session.node.peerStore.get(id).catch(() => null))?.protocols.includes(protocol)
    await eventually(session, 'peer:update', serves)
    return {}
  },

  // Waits until no connection to the peer is left.
  async noConnection (session, { peer }) {
    await eventually(session, 'connection:close', async () => session.node.getConnections(peerIdFromString(peer)).length === 0)
    return {}
  },

  // Waits until a served protocol has noted something under this key.
  async stateOf (session, { key }) {
    while (session.state[key] === undefined) await new Promise(resolve => session.state.waiting.push(resolve))
    return { value: session.state[key] }
  },

  async stats (session) {
    globalThis.gc?.()
    const memory = process.memoryUsage()
    return { rss: memory.rss, heap: memory.heapUsed, connections: session.node.getConnections().length, handles: process.getActiveResourcesInfo().length }
  }
}
