using Betar.Ethereum;

namespace Betar.Cluster.Tests.Model;

/// <summary>An authorised transfer as a transaction of the model chain carries it.</summary>
internal sealed record ModelTransfer(Address From, Address To, ulong Value, ulong ValidBefore, Hash32 Nonce, bool Signed)
{
    private const int Word = 32;
    private const int Head = 4;

    /// <summary>Of the call with v, r, s. The model's payers sign by repeating the nonce.</summary>
    public static ModelTransfer Of(ReadOnlySpan<byte> data)
    {
        Hash32 nonce = new(data.Slice(Head + 5 * Word, Word));
        return new ModelTransfer(
            new Address(data.Slice(Head + 12, 20)), new Address(data.Slice(Head + Word + 12, 20)),
            (ulong)UInt256.ReadBigEndian(data.Slice(Head + 2 * Word, Word)), (ulong)UInt256.ReadBigEndian(data.Slice(Head + 4 * Word, Word)),
            nonce, new Hash32(data.Slice(Head + 7 * Word, Word)) == nonce);
    }
}
