// One host's part in `betar bench marketplace`: messages carry the moment at which they were said, by the machine's monotonic clock.
const now = () => process.hrtime.bigint()

async function until (service, isSo) {
  while (!isSo()) await new Promise(resolve => service.addEventListener('counted', resolve, { once: true }))
}

export const gossipMeasures = {
  async countGossip (session, { topic }) {
    const service = session.node.services.pubsub
    session.delays = []
    session.counted = 0
    service.addEventListener('gossipsub:message', ({ detail: { msg } }) => {
      session.delays.push(Number(now() - Buffer.from(msg.data.buffer, msg.data.byteOffset).readBigUInt64LE(0)) / 1e6)
      session.counted++
      service.dispatchEvent(new CustomEvent('counted'))
    })
    service.subscribe(topic)
    return {}
  },

  // Waits until so many peers take part and can be written to, of which only a heartbeat tells.
  async gossipPeers (session, { topic, count }) {
    const service = session.node.services.pubsub
    const ready = () => service.getSubscribers(topic).filter(peer => service.streamsOutbound.has(peer.toString())).length >= count
    while (!ready()) await new Promise(resolve => service.addEventListener('gossipsub:heartbeat', resolve, { once: true }))
    return {}
  },

  async sayGossip (session, { topic, count, length }) {
    for (let i = 0; i < count; i++) {
      const data = Buffer.alloc(length, 7)
      data.writeBigUInt64LE(now())
      await session.node.services.pubsub.publish(topic, data)
    }
    return {}
  },

  // Waits until so many messages came since the start; gives the delays of those that were not given yet.
  async countedGossip (session, { count }) {
    await until(session.node.services.pubsub, () => session.counted >= count)
    return { ms: session.delays.splice(0) }
  }
}
