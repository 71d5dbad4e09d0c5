// The protocols that every started node serves.
import { Inbox, pattern, sendAll, sha256 } from './streams.js'

function note (state, key, value) {
  state[key] = value
  for (const resolve of state.waiting.splice(0)) resolve()
}

const echo = async stream => {
  for await (const bytes of stream) {
    if (!stream.send(bytes)) await stream.onDrain()
  }
  await stream.close()
}

// The libp2p perf protocol: u64 of bytes wanted, bytes up until the half-close, then the bytes wanted.
const perf = async stream => {
  let head = Buffer.alloc(0)
  for await (const bytes of stream) {
    if (head.length < 8) head = Buffer.concat([head, bytes.subarray()]).subarray(0, 8)
  }
  let left = Number(head.readBigUInt64BE())
  const block = Buffer.alloc(64 * 1024)
  while (left > 0) {
    const size = Math.min(left, block.length)
    if (!stream.send(block.subarray(0, size))) await stream.onDrain()
    left -= size
  }
  await stream.close()
}

// Reads until the half-close, and only then answers: how many bytes, and their hash.
const digest = async stream => {
  const hash = sha256()
  let count = 0
  for await (const bytes of stream) {
    hash.update(bytes.subarray())
    count += bytes.byteLength
  }
  await sendAll(stream, Buffer.from(JSON.stringify({ bytes: count, sha256: hash.digest('hex') })))
  await stream.close()
}

// Half-closes first, having said hello, and goes on reading what the other side still sends.
const halfCloseFirst = state => async stream => {
  const inbox = new Inbox(stream)
  await sendAll(stream, Buffer.from('hello'))
  await stream.close()
  note(state, 'halfClosed', (await inbox.takeAll()).toString())
}

// Asked for (u32 seed, u32 length), sends that pattern.
const source = async stream => {
  const inbox = new Inbox(stream)
  const head = await inbox.take(8)
  await sendAll(stream, pattern(head.readUInt32BE(4), head.readUInt32BE(0)))
  await stream.close()
}

// Resets as soon as something was read.
const reset = async stream => {
  await new Inbox(stream).take(1)
  stream.abort(new Error('asked to reset'))
}

// Reads nothing and says nothing, and remembers how the other side ended it.
const silent = state => async stream => {
  const inbox = new Inbox(stream)
  note(state, 'silentBegin', true)
  await inbox.until(() => inbox.ended)
  note(state, 'silentEnd', inbox.error == null ? 'end' : inbox.error.name)
}

// The frame of `openRequest`: a kibibyte in, a kibibyte out.
const request = async stream => {
  const inbox = new Inbox(stream)
  stream.send(await inbox.take(1024))
  await stream.close()
}

export async function serve (node, state) {
  const options = { maxInboundStreams: 2000, maxOutboundStreams: 2000 }
  const protocols = {
    '/echo/1.0.0': echo,
    '/perf/1.0.0': perf,
    '/interop/digest/1.0.0': digest,
    '/interop/half-close-first/1.0.0': halfCloseFirst(state),
    '/interop/source/1.0.0': source,
    '/interop/reset/1.0.0': reset,
    '/interop/silent/1.0.0': silent(state),
    '/interop/request/1.0.0': request
  }
  for (const [protocol, handler] of Object.entries(protocols)) {
    await node.handle(protocol, stream => {
      handler(stream).catch(error => {
        state.failures.push(`${protocol}: ${error.name}`)
        stream.abort(error)
      })
    }, options)
  }
}
