// What both the served protocols and the commands need of a js-libp2p stream.
import { createHash } from 'node:crypto'

export const sha256 = () => createHash('sha256')

// Random enough to catch a lost, doubled or moved block, and the same for the same seed in any language.
export function pattern (length, seed) {
  const bytes = Buffer.allocUnsafe(length)
  let state = (seed >>> 0) || 1
  for (let i = 0; i < length; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    bytes[i] = state & 0xff
  }
  return bytes
}

export async function sendAll (stream, bytes, chunk = 64 * 1024) {
  for (let at = 0; at < bytes.length; at += chunk) {
    if (!stream.send(bytes.subarray(at, at + chunk))) await stream.onDrain()
  }
}

// Collects what a stream brings, from the moment it is made.
export class Inbox {
  constructor (stream) {
    this.chunks = []
    this.length = 0
    this.ended = stream.readableEnded
    this.error = null
    this.waiting = []
    stream.addEventListener('message', event => {
      const bytes = event.data.subarray()
      this.chunks.push(bytes)
      this.length += bytes.length
      this.wake()
    })
    stream.addEventListener('end', () => { this.ended = true; this.wake() })
    stream.addEventListener('close', event => {
      this.error ??= event.error ?? null
      this.ended = true
      this.wake()
    })
  }

  wake () {
    for (const resolve of this.waiting.splice(0)) resolve()
  }

  async until (done) {
    while (!done()) await new Promise(resolve => this.waiting.push(resolve))
  }

  async take (count) {
    await this.until(() => this.length >= count || this.ended)
    if (this.length < count) throw this.error ?? new Error(`the stream ended after ${this.length} of ${count} bytes`)
    const all = Buffer.concat(this.chunks)
    const rest = all.subarray(count)
    this.chunks = rest.length === 0 ? [] : [rest]
    this.length = rest.length
    return all.subarray(0, count)
  }

  async takeAll () {
    await this.until(() => this.ended)
    if (this.error != null) throw this.error
    return this.take(this.length)
  }
}
