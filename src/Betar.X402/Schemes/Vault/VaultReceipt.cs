using Betar.Ethereum;

namespace Betar.X402.Schemes.Vault;

/// <summary>A buyer's signed word that the answer with this hash arrived.</summary>
public sealed record VaultReceipt(Hash32 Answer, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Whether the escrow's buyer signed it with its key: who delivers keeps it and is paid by it.</summary>
    public bool IsFor(VaultEscrow escrow) =>
        TypedSignature.Read("0x" + Convert.ToHexStringLower(Signature.Span), null, out var signature).IsAccepted
        && TypedSignature.IsBy(escrow.Terms.Buyer, VaultHasher.Receipt(escrow.Network, escrow.Vault, escrow.Id, Answer).Digest, signature);

    /// <summary>With it the seller is paid: it is not printed.</summary>
    public override string ToString() => $"receipt for answer {Answer}";
}
