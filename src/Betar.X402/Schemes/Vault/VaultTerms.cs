using Betar.Ethereum;

namespace Betar.X402.Schemes.Vault;

/// <summary>What buyer and seller agreed on; its hash is the escrow's id. Times are Unix seconds, windows seconds.</summary>
/// <param name="Arbiter">The zero address for nobody: then there are no disputes.</param>
/// <param name="Deadline">From here on the buyer gets the money back, unless a receipt was shown before.</param>
public sealed record VaultTerms(
    Address Buyer, Address Seller, Address Arbiter, AtomicAmount Amount, ulong Deadline, uint DisputeWindow, uint ArbiterWindow, Hash32 Salt)
{
    /// <summary>As the contract takes it.</summary>
    internal object[] Encoded => [Buyer, Seller, Arbiter, Amount.Units, (UInt256)Deadline, (UInt256)DisputeWindow, (UInt256)ArbiterWindow, Salt.ToArray()];
}
