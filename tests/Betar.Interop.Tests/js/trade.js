// Both sides of a sale as the original speaks it over libp2p: one frame each way on a stream, two streams for a paid call, a payment that viem signs.
// Nothing here knows our node: it was written from the description of the wire.
import { randomBytes } from 'node:crypto'
import { peerIdFromString } from '@libp2p/peer-id'
import { Inbox, sendAll } from './streams.js'

const X402 = '/x402/libp2p/1.0.0'
const MARKET = '/betar/marketplace/1.0.0'
const types = {
  TransferWithAuthorization: [
    { name: 'from', type: 'address' }, { name: 'to', type: 'address' }, { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' }, { name: 'validBefore', type: 'uint256' }, { name: 'nonce', type: 'bytes32' }
  ]
}

// It stands in another folder, and nobody needs it who does not pay.
const accounts = () => import('../X402/js/accounts.js')
const now = () => Math.floor(Date.now() / 1000)
const base64 = value => Buffer.from(JSON.stringify(value)).toString('base64')
const fromBase64 = text => JSON.parse(Buffer.from(text, 'base64'))
const openTo = (session, peer, protocol) => session.node.dialProtocol(peerIdFromString(peer), protocol, { signal: AbortSignal.timeout(30000) })

function frame (type, data) {
  const head = Buffer.alloc(2)
  head.writeUInt16BE(Buffer.byteLength(type))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([head, Buffer.from(type), length, data])
}

const message = (type, value) => frame(type, Buffer.from(JSON.stringify(value)))

async function readFrame (inbox) {
  const type = (await inbox.take((await inbox.take(2)).readUInt16BE())).toString()
  const data = await inbox.take((await inbox.take(4)).readUInt32BE())
  return { type, data }
}

async function exchange (session, peer, bytes) {
  const stream = await openTo(session, peer, X402)
  const inbox = new Inbox(stream)
  await sendAll(stream, bytes)
  const { type, data } = await readFrame(inbox)
  await stream.close()
  return { type, message: JSON.parse(data) }
}

async function ask (session, peer, type, text) {
  const stream = await openTo(session, peer, MARKET)
  const inbox = new Inbox(stream)
  await sendAll(stream, frame(type, Buffer.from(text)))
  const body = await inbox.take((await inbox.take(4)).readUInt32BE())
  await stream.close()
  return body
}

// The domain that the demand names, and what of it, of the authorization and of the envelope a cheat would have otherwise: before it is signed, or after.
async function pay ({ key, demand, resource, input, correlation, caller, domain, signed, sent, envelope, signature }) {
  const account = (await accounts()).privateKeyToAccount(key)
  const wanted = demand.payment_requirements
  const terms = {
    from: account.address,
    to: wanted.payTo,
    value: wanted.amount,
    validAfter: String(now() - 5),
    validBefore: String(now() + wanted.maxTimeoutSeconds),
    nonce: `0x${demand.challenge_nonce}`,
    ...signed
  }
  const written = await account.signTypedData({
    domain: { name: wanted.extra.name, version: wanted.extra.version, chainId: Number(wanted.network.split(':')[1]), verifyingContract: wanted.asset, ...domain },
    types,
    primaryType: 'TransferWithAuthorization',
    message: terms
  })
  return {
    version: '1.0',
    correlation_id: correlation ?? demand.correlation_id,
    payment: {
      x402_version: 2,
      scheme: 'exact',
      network: wanted.network,
      server_nonce: demand.challenge_nonce,
      payer: account.address,
      payload: { signature: signature === 'changed' ? changed(written) : written, authorization: { ...terms, ...sent } },
      ...envelope
    },
    body: base64({ input, resource }),
    caller_did: caller
  }
}

// One digit in the middle of s.
const changed = signature => `${signature.slice(0, 100)}${signature[100] === '0' ? '1' : '0'}${signature.slice(101)}`

// A seller: what it demands, and how it answers, be it the first times only. It takes no money to a chain; what it was shown, it checks and counts.
async function sell (session, { listing, demand, behaviour = 'honest', times = Infinity }) {
  const shop = { quoted: 0, paid: 0, signers: [], nonces: [] }
  session.shop = shop
  await session.node.handle(MARKET, async stream => {
    const inbox = new Inbox(stream)
    await readFrame(inbox)
    const body = Buffer.from(JSON.stringify([listing]))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    await sendAll(stream, Buffer.concat([length, body]))
    await stream.close()
  })
  await session.node.handle(X402, async stream => {
    const { type, data } = await readFrame(new Inbox(stream))
    const asked = JSON.parse(data)
    const answer = type === 'x402.request' ? quote(shop, asked, demand) : await deliver(shop, asked, demand)
    if (!behaviour.endsWith(` on ${type}`) || times-- <= 0) {
      await sendAll(stream, answer)
      await stream.close()
      return
    }
    await misbehave(stream, behaviour.split(' ')[0], answer)
  })
}

async function misbehave (stream, behaviour, answer) {
  switch (behaviour) {
    case 'silent': return
    case 'half': return await sendAll(stream, answer.subarray(0, answer.length >> 1))
    case 'cut':
      await sendAll(stream, answer.subarray(0, answer.length >> 1))
      return stream.abort(new Error('asked to cut'))
    case 'huge': return await sendAll(stream, Buffer.concat([answer.subarray(0, 2 + answer.readUInt16BE()), Buffer.from('ffffffff', 'hex')]))
    case 'garbage':
      await sendAll(stream, frame('x402.response', Buffer.from('{"body":')))
      return await stream.close()
    default: throw new Error(`nobody behaves ${behaviour}`)
  }
}

function quote (shop, asked, demand) {
  shop.quoted++
  shop.nonce = randomBytes(32).toString('hex')
  return message('x402.payment_required', {
    version: '1.0',
    correlation_id: asked.correlation_id,
    challenge_nonce: shop.nonce,
    challenge_expires_at: now() + 300,
    payment_requirements: demand,
    message: 'Payment required',
    seller_did: asked.resource
  })
}

async function deliver (shop, asked, demand) {
  shop.paid++
  const { authorization, signature } = asked.payment.payload
  shop.signers.push(await (await accounts()).recoverTypedDataAddress({
    domain: { name: demand.extra.name, version: demand.extra.version, chainId: Number(demand.network.split(':')[1]), verifyingContract: demand.asset },
    types,
    primaryType: 'TransferWithAuthorization',
    message: authorization,
    signature
  }))
  shop.nonces.push(authorization.nonce)
  const { input, resource } = fromBase64(asked.body)
  return message('x402.response', {
    version: '1.0', correlation_id: asked.correlation_id, payment_id: '', tx_hash: `0x${'5'.repeat(64)}`, body: base64({ output: `js: ${input}` }), seller_did: resource
  })
}

export const trades = {
  list: async (session, { peer }) => ({ listings: JSON.parse(await ask(session, peer, 'info', '')) }),

  market: async (session, { peer, type, json }) => ({ answer: (await ask(session, peer, type, json)).toString() }),

  account: async (session, { key }) => ({ address: (await accounts()).privateKeyToAccount(key).address }),

  quote: (session, { peer, resource, input, correlation }) => exchange(session, peer, message('x402.request', {
    version: '1.0', correlation_id: correlation, resource, method: 'execute', payment: null, body: base64({ input, resource })
  })),

  // The frame of a payment, which may be shown as often as one likes.
  async sign (session, options) {
    const paid = await pay(options)
    return { frame: message('x402.paid_request', paid).toString('hex'), payment: paid.payment }
  },

  show: (session, { peer, frame }) => exchange(session, peer, Buffer.from(frame, 'hex')),

  async sell (session, options) {
    await sell(session, options)
    return {}
  },

  sold: async session => ({ shop: session.shop })
}
