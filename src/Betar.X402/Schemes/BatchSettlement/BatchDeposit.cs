using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>An authorisation that fills a channel.</summary>
internal sealed record BatchDeposit(AtomicAmount Amount, UInt256 ValidAfter, UInt256 ValidBefore, UInt256 Salt, byte[] Signature)
{
    /// <summary>Until it is used it is a bearer instrument.</summary>
    public override string ToString() => $"deposit of {Amount}";
}
