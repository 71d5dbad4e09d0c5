import { decodeFunctionData, encodeFunctionResult, getAddress, keccak256, recoverTypedDataAddress, toHex } from 'viem'

const abi = [
  fn('transferWithAuthorization', ['address', 'address', 'uint256', 'uint256', 'uint256', 'bytes32', 'uint8', 'bytes32', 'bytes32'], []),
  fn('authorizationState', ['address', 'bytes32'], ['bool']),
  fn('balanceOf', ['address'], ['uint256']),
  fn('name', [], ['string']),
  fn('version', [], ['string'])
]

function fn (name, inputs, outputs) {
  const named = types => types.map((type, i) => ({ name: `a${i}`, type }))
  return { type: 'function', name, stateMutability: 'view', inputs: named(inputs), outputs: named(outputs) }
}

const HALF = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n
const types = {
  TransferWithAuthorization: [
    { name: 'from', type: 'address' }, { name: 'to', type: 'address' }, { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' }, { name: 'validBefore', type: 'uint256' }, { name: 'nonce', type: 'bytes32' }
  ]
}

// A token with EIP-3009 in memory, behind what the official facilitator asks of a signer. It refuses what USDC refuses.
export class MemoryToken {
  balances = new Map()
  used = new Set()
  receipts = new Map()

  constructor (address, account) {
    this.address = getAddress(address)
    this.account = account
  }

  fund (account, amount) {
    this.balances.set(getAddress(account), BigInt(amount))
  }

  getAddresses () { return [this.account] }
  async getCode ({ address }) { return getAddress(address) === this.address ? '0xfe' : '0x' }
  async verifyTypedData () { throw new Error('not asked for') }
  async sendTransaction () { throw new Error('not asked for') }
  async waitForTransactionReceipt ({ hash }) { return this.receipts.get(hash) }

  async readContract ({ address, functionName, args = [] }) {
    if (functionName !== 'tryAggregate') return await this.call(address, functionName, args)
    return await Promise.all(args[1].map(async ({ target, callData }) => {
      try {
        const call = decodeFunctionData({ abi, data: callData })
        const result = await this.call(target, call.functionName, call.args ?? [])
        return { success: true, returnData: encodeFunctionResult({ abi, functionName: call.functionName, result }) }
      } catch {
        return { success: false, returnData: '0x' }
      }
    }))
  }

  async writeContract ({ functionName, args }) {
    if (functionName !== 'transferWithAuthorization') throw new Error(`no ${functionName}`)
    await this.check(args)
    const [from, to, value, , , nonce] = args
    this.used.add(`${getAddress(from)}/${nonce}`)
    this.balances.set(getAddress(from), this.balances.get(getAddress(from)) - value)
    this.balances.set(getAddress(to), (this.balances.get(getAddress(to)) ?? 0n) + value)
    const hash = keccak256(toHex(`${this.receipts.size}`))
    this.receipts.set(hash, { status: 'success', logs: [this.transfer(from, to, value)] })
    return hash
  }

  async call (address, functionName, args) {
    if (getAddress(address) !== this.address) throw new Error('no contract')
    switch (functionName) {
      case 'name': return 'USDC'
      case 'version': return '2'
      case 'balanceOf': return this.balances.get(getAddress(args[0])) ?? 0n
      case 'authorizationState': return this.used.has(`${getAddress(args[0])}/${args[1]}`)
      case 'transferWithAuthorization': await this.check(args); return []
      default: throw new Error(`no ${functionName}`)
    }
  }

  async check ([from, to, value, validAfter, validBefore, nonce, v, r, s]) {
    const now = BigInt(Math.floor(Date.now() / 1000))
    if (now <= validAfter) throw new Error('FiatTokenV2: authorization is not yet valid')
    if (now >= validBefore) throw new Error('FiatTokenV2: authorization is expired')
    if (this.used.has(`${getAddress(from)}/${nonce}`)) throw new Error('FiatTokenV2: authorization is used or canceled')
    if (BigInt(s) > HALF) throw new Error("ECRecover: invalid signature 's' value")
    const signature = `0x${r.slice(2)}${s.slice(2)}${Number(v).toString(16).padStart(2, '0')}`
    const signer = await recoverTypedDataAddress({
      domain: { name: 'USDC', version: '2', chainId: 84532, verifyingContract: this.address },
      types, primaryType: 'TransferWithAuthorization', message: { from, to, value, validAfter, validBefore, nonce }, signature
    })
    if (getAddress(signer) !== getAddress(from)) throw new Error('FiatTokenV2: invalid signature')
    if ((this.balances.get(getAddress(from)) ?? 0n) < value) throw new Error('ERC20: transfer amount exceeds balance')
  }

  transfer (from, to, value) {
    const word = address => `0x${'0'.repeat(24)}${address.slice(2).toLowerCase()}`
    return {
      address: this.address,
      topics: ['0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef', word(from), word(to)],
      data: `0x${value.toString(16).padStart(64, '0')}`
    }
  }
}
