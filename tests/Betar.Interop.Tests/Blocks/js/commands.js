// One function a command; each gets the command's fields and returns the fields of the answer.
import * as dagPb from '@ipld/dag-pb'
import { defaultLogger } from '@libp2p/logger'
import { MemoryBlockstore } from 'blockstore-core'
import { importer } from 'ipfs-unixfs-importer'
import { balanced } from 'ipfs-unixfs-importer/layout'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { sha256 } from 'multiformats/hashes/sha2'
import { multiaddr, peerIdFromString } from '../../js/names.js'
import { start } from '../../js/node.js'
// The package gives bitswap only as a part of helia, which the tests have no need of.
import { Bitswap } from './node_modules/@helia/bitswap/dist/src/bitswap.js'
import { versions } from './versions.js'

const nodes = []
const hex = bytes => Buffer.from(bytes).toString('hex')
const bytes = text => new Uint8Array(Buffer.from(text, 'hex'))
const named = async (codec, data) => CID.createV1(codec, await sha256.digest(data))
const at = node => nodes[node - 1]

// Numbered bytes that both sides can make.
function pattern (number, length) {
  const data = new Uint8Array(length)
  const view = new DataView(data.buffer)
  for (let i = 0; i + 8 <= length; i += 8) view.setBigUint64(i, BigInt(number) * 1000003n + BigInt(i), true)
  return data
}

export const commands = {
  async versions () {
    return { versions: versions() }
  },

  async start ({ options }) {
    const libp2p = await start(options)
    const blockstore = new MemoryBlockstore()
    const bitswap = new Bitswap({
      libp2p,
      blockstore,
      logger: defaultLogger(),
      getHasher: async () => sha256,
      routing: { findProviders: async function * () {} }
    })
    await bitswap.start()
    nodes.push({ libp2p, blockstore, bitswap })
    return { node: nodes.length, peerId: libp2p.peerId.toString(), addresses: libp2p.getMultiaddrs().map(String) }
  },

  async stop ({ node }) {
    await at(node).bitswap.stop()
    await at(node).libp2p.stop()
    return {}
  },

  async dial ({ node, address }) {
    await at(node).libp2p.dial(multiaddr(address))
    return {}
  },

  async put ({ node, data }) {
    const block = bytes(data)
    const cid = await named(raw.code, block)
    await at(node).blockstore.put(cid, block)
    await at(node).bitswap.notify(cid)
    return { cid: cid.toString() }
  },

  // So many numbered blocks of the same length.
  async fill ({ node, first, count, length }) {
    const cids = []
    for (let i = 0; i < count; i++) {
      const data = pattern(first + i, length)
      const cid = await named(raw.code, data)
      await at(node).blockstore.put(cid, data)
      cids.push(cid.toString())
    }
    return { cids }
  },

  async want ({ node, cid }) {
    return { data: hex(await at(node).bitswap.want(CID.parse(cid), { signal: AbortSignal.timeout(20000) })) }
  },

  // Waits until the peer is known to want the block.
  async wanting ({ node, peer, cid }) {
    const id = peerIdFromString(peer)
    const wants = () => at(node).bitswap.getPeerWantlist(id)?.some(entry => entry.cid.toString() === cid)
    while (!wants()) await new Promise(resolve => at(node).bitswap.network.addEventListener('bitswap:message', () => setImmediate(resolve), { once: true }))
    return {}
  },

  async wantAll ({ node, cids, window = 64 }) {
    const started = performance.now()
    const waiting = cids.map(cid => CID.parse(cid))
    let total = 0
    await Promise.all(Array.from({ length: window }, async () => {
      for (let cid = waiting.shift(); cid != null; cid = waiting.shift()) {
        const data = await at(node).bitswap.want(cid, { signal: AbortSignal.timeout(60000) })
        total += data.byteLength
      }
    }))
    return { bytes: total, ms: performance.now() - started }
  },

  async wantlist ({ node }) {
    return { cids: at(node).bitswap.getWantlist().map(entry => entry.cid.toString()) }
  },

  async encode ({ nodes }) {
    return {
      nodes: await Promise.all(nodes.map(async ({ links, data }) => {
        const node = dagPb.prepare({
          Data: data == null ? undefined : bytes(data),
          Links: links.map(link => ({ Hash: CID.parse(link.cid), Name: link.name, Tsize: link.size }))
        })
        const block = dagPb.encode(node)
        return { bytes: hex(block), cid: (await named(dagPb.code, block)).toString() }
      }))
    }
  },

  // What is refused is null.
  async decode ({ nodes }) {
    return {
      nodes: nodes.map(text => {
        try {
          const node = dagPb.decode(bytes(text))
          return { data: node.Data == null ? null : hex(node.Data), links: node.Links.map(link => ({ cid: link.Hash.toString(), name: link.Name ?? '', size: String(link.Tsize ?? 0) })) }
        } catch {
          return null
        }
      })
    }
  },

  // As the original adds a file: dag-pb leaves, CIDs of version 1, 174 links in a node.
  async file ({ number, length }) {
    const blockstore = new MemoryBlockstore()
    const options = { cidVersion: 1, rawLeaves: false, leafType: 'file', reduceSingleLeafToSelf: true, chunker: fixedSize({ chunkSize: 262144 }), layout: balanced({ maxChildrenPerNode: 174 }) }
    let root
    for await (const entry of importer([{ content: [pattern(number, length)] }], blockstore, options)) root = entry
    return { cid: root.cid.toString() }
  }
}
