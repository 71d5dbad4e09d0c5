namespace Betar.Ethereum;

/// <summary>An EIP-3009 transfer with its payer's signature. Until it is used it is a bearer instrument: it is never printed.</summary>
/// <param name="Signature">r ‖ s ‖ v with v 27 or 28; another length belongs to a contract wallet.</param>
public sealed record SignedTransferAuthorization(
    Address From,
    Address To,
    UInt256 Value,
    ulong ValidAfter,
    ulong ValidBefore,
    Hash32 Nonce,
    byte[] Signature)
{
    public override string ToString() => $"transfer of {Value} from {From} to {To}, nonce {Nonce}";
}
