using System.Security.Cryptography;
using Betar.Crypto;

namespace Betar.Ethereum.Devnet;

/// <summary>The faucet's transaction: type 0x7e, which rollups use for deposits and which no sender can sign.</summary>
internal static class MintTransaction
{
    const byte Type = 0x7e;
    const int SaltSize = 16;
    const int RawSize = 1 + Address.Size + Address.Size + UInt256.Size + SaltSize;

    internal static PreparedTransaction Create(Address token, Address to, UInt256 value)
    {
        var raw = new byte[RawSize];
        raw[0] = Type;
        token.CopyTo(raw.AsSpan(1));
        to.CopyTo(raw.AsSpan(1 + Address.Size));
        value.WriteBigEndian(raw.AsSpan(1 + 2 * Address.Size));
        // Two equal gifts are two transactions.
        RandomNumberGenerator.Fill(raw.AsSpan(RawSize - SaltSize));
        return Read(raw);
    }

    internal static bool TryDecode(ReadOnlyMemory<byte> raw, out PreparedTransaction? mint)
    {
        mint = raw.Length == RawSize && raw.Span[0] == Type ? Read(raw) : null;
        return mint is not null;
    }

    static PreparedTransaction Read(ReadOnlyMemory<byte> raw)
    {
        var bytes = raw.Span;
        var call = new TokenCall(TokenMethod.Mint)
        {
            To = new Address(bytes.Slice(1 + Address.Size, Address.Size)),
            Value = UInt256.ReadBigEndian(bytes.Slice(1 + 2 * Address.Size, UInt256.Size)),
        };
        return new PreparedTransaction(new Hash32(Keccak256.Hash(bytes)), Address.Zero, raw, null, call);
    }
}
