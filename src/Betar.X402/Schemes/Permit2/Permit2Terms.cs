using Betar.Ethereum;

namespace Betar.X402.Schemes.Permit2;

/// <summary>The members of a permit with its witness, as values.</summary>
/// <param name="Facilitator">Only "upto" names who may settle.</param>
internal sealed record Permit2Terms(
    Address Token, AtomicAmount Amount, Address Spender, UInt256 Nonce, UInt256 Deadline, Address To, Address? Facilitator, UInt256 ValidAfter);
