// For the partners of other folders, which have no libp2p of their own.
export { peerIdFromString } from '@libp2p/peer-id'
export { multiaddr } from '@multiformats/multiaddr'
