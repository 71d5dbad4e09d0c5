// For the partners of other folders, which have no viem of their own.
export { recoverTypedDataAddress } from 'viem'
export { privateKeyToAccount } from 'viem/accounts'
