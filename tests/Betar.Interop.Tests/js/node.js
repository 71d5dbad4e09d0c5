// A js-libp2p node as the options ask for: which security, with or without early choice of the muxer, which transport.
import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { generateKeyPair, generateKeyPairFromSeed, privateKeyFromProtobuf } from '@libp2p/crypto/keys'
import { identify, identifyPush } from '@libp2p/identify'
import { mdns } from '@libp2p/mdns'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { tls } from '@libp2p/tls'
import { webSockets } from '@libp2p/websockets'
import { createLibp2p } from 'libp2p'
import nodeTls from 'node:tls'
import os from 'node:os'
import { gossip } from './gossip.js'

const encrypters = { noise, tls }

// js-libp2p has no option for it. For Noise the flag of the call decides; for TLS the muxers must be out of sight,
// because its listener answers ALPN from the list whatever the flag says.
function withoutEarlyMuxer (name, create) {
  return components => {
    const blind = new Proxy(components, {
      get: (target, key) => key === 'upgrader' ? { getStreamMuxers: () => new Map() } : target[key]
    })
    const inner = create(name === 'tls' ? blind : components)
    return {
      protocol: inner.protocol,
      [Symbol.toStringTag]: inner[Symbol.toStringTag],
      secureInbound: (connection, options) => inner.secureInbound(connection, { ...options, skipStreamMuxerNegotiation: true }),
      secureOutbound: (connection, options) => inner.secureOutbound(connection, { ...options, skipStreamMuxerNegotiation: true })
    }
  }
}

async function key (options) {
  if (options.key != null) return privateKeyFromProtobuf(Buffer.from(options.key, 'hex'))
  if (options.seed != null) return generateKeyPairFromSeed('Ed25519', Buffer.from(options.seed, 'hex'))
  return generateKeyPair(options.keyType ?? 'Ed25519')
}

// It brings a native library, which nobody needs who does not ask for it.
const quic = async init => (await import('@chainsafe/libp2p-quic')).quic(init)

// The library speaks on every link that the system names, so the system names one only: nothing leaves the machine.
function onLoopback (init) {
  const all = os.networkInterfaces()
  os.networkInterfaces = () => ({ lo: Object.values(all).flat().filter(address => address.address === '127.0.0.1') })
  return mdns(init)
}

export async function start (options = {}) {
  if (options.trust != null) nodeTls.setDefaultCACertificates([...nodeTls.getCACertificates('bundled'), options.trust])
  const security = (options.security ?? ['noise']).map(name => {
    const create = encrypters[name]
    if (create == null) throw new Error(`no security named ${name}`)
    return options.earlyMuxer === false ? withoutEarlyMuxer(name, create()) : create()
  })
  return createLibp2p({
    privateKey: await key(options),
    addresses: { listen: options.listen ?? ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp(options.tcp), webSockets(options.ws), ...(options.quic != null ? [await quic(options.quic)] : [])],
    connectionEncrypters: security,
    streamMuxers: [yamux(options.yamux)],
    peerDiscovery: options.mdns != null ? [onLoopback(options.mdns)] : [],
    // The tests come from one address and in bursts; the numbers are printed by `start`.
    connectionManager: {
      maxConnections: 4000,
      inboundConnectionThreshold: 100000,
      maxIncomingPendingConnections: 1000,
      ...options.connectionManager
    },
    connectionMonitor: { enabled: false, ...options.connectionMonitor },
    services: {
      identify: identify({ runOnConnectionOpen: options.identifyOnOpen ?? true, maxInboundStreams: 8, maxOutboundStreams: 8 }),
      push: identifyPush({ runOnSelfUpdate: false }),
      ping: ping({ maxInboundStreams: 8, maxOutboundStreams: 8, ...options.ping }),
      ...(options.gossip != null ? { pubsub: gossip(options.gossip) } : {})
    }
  })
}
