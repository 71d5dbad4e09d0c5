// Commands of a node that was started with the option `gossip`.
import { gossipsub } from '@libp2p/gossipsub'

// Which protocols it offers is no option of its own.
export const gossip = ({ protocols, ...options }) => components => {
  const service = gossipsub(options)(components)
  if (protocols != null) service.protocols = protocols
  return service
}

// After each event of the kind, until it is so.
async function until (service, kind, isSo) {
  while (!isSo()) await new Promise(resolve => service.addEventListener(kind, resolve, { once: true }))
}

export const gossips = {
  async subscribe (session, { topic }) {
    const service = session.node.services.pubsub
    session.heard ??= []
    service.addEventListener('gossipsub:message', ({ detail: { msg, propagationSource } }) => {
      session.heard.push({
        topic: msg.topic,
        from: msg.from.toString(),
        source: propagationSource.toString(),
        sequence: msg.sequenceNumber.toString(),
        hex: Buffer.from(msg.data).toString('hex'),
        at: performance.timeOrigin + performance.now()
      })
      service.dispatchEvent(new CustomEvent('heard'))
    })
    service.subscribe(topic)
    return {}
  },

  async unsubscribe (session, { topic }) {
    session.node.services.pubsub.unsubscribe(topic)
    return {}
  },

  async publish (session, { topic, hex }) {
    const { recipients } = await session.node.services.pubsub.publish(topic, Buffer.from(hex, 'hex'))
    return { recipients: recipients.map(peer => peer.toString()) }
  },

  // Waits until so many messages were heard.
  async heard (session, { count }) {
    await until(session.node.services.pubsub, 'heard', () => session.heard.length >= count)
    return { messages: session.heard }
  },

  // Waits until the peer takes part in the topic and there is a stream to it, of which only the next heartbeat tells.
  async takesPart (session, { peer, topic, not = false }) {
    const service = session.node.services.pubsub
    await until(service, 'subscription-change', () => service.getSubscribers(topic).some(id => id.toString() === peer) !== not)
    await until(service, 'gossipsub:heartbeat', () => not || service.streamsOutbound.has(peer))
    return { protocol: service.streamsOutbound.get(peer)?.protocol ?? null }
  },

  // Waits for heartbeats until the peer is in the mesh.
  async inMesh (session, { peer, topic }) {
    const service = session.node.services.pubsub
    await until(service, 'gossipsub:heartbeat', () => service.getMeshPeers(topic).includes(peer))
    return {}
  },

  gossipScore: async (session, { peer }) => ({ score: session.node.services.pubsub.getScore(peer) })
}
