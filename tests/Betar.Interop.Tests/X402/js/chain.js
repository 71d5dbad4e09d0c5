import { createPublicClient, encodeFunctionData, formatTransactionReceipt, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { baseSepolia } from 'viem/chains'

// What the official facilitator asks of a signer, over a chain that answers a transaction with its receipt: nothing waits for a poll, gas is
// free, and the account's nonces are counted here. The chain's client is viem's.
export async function chainSigner (rpc, key) {
  const account = privateKeyToAccount(key)
  const client = createPublicClient({ chain: baseSepolia, transport: http(rpc, { retryCount: 0 }) })
  const receipts = new Map()
  let nonce = await client.getTransactionCount({ address: account.address, blockTag: 'pending' })
  return {
    address: account.address,
    readContract: question => client.readContract(question),
    verifyTypedData: question => client.verifyTypedData(question),
    getCode: question => client.getCode(question),
    async sendTransaction () { throw new Error('not asked for') },
    async writeContract ({ address, ...call }) {
      const raw = await account.signTransaction({
        type: 'eip1559', chainId: baseSepolia.id, to: address, data: encodeFunctionData(call), gas: 150000n, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n, nonce: nonce++
      })
      const receipt = await client.request({ method: 'eth_sendRawTransactionSync', params: [raw] }, { retryCount: 0 })
      receipts.set(receipt.transactionHash, formatTransactionReceipt(receipt))
      return receipt.transactionHash
    },
    async waitForTransactionReceipt ({ hash }) {
      const receipt = receipts.get(hash)
      receipts.delete(hash)
      return receipt
    }
  }
}
