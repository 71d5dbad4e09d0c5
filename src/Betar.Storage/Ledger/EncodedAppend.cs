using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Betar.Ethereum;

namespace Betar.Storage.Ledger;

/// <summary>
/// An append as the file stores it: UTF-8 texts in one buffer, each behind its length, and the digest of all of it. Made on
/// the caller's thread, so that the writer only binds bytes. The buffer is lent; give it back once, when nobody binds any more.
/// </summary>
internal sealed class EncodedAppend : IDisposable
{
    private const int FixedBytes = 256;
    private static readonly byte[] Domain = "betar.ledger.content.1"u8.ToArray();
    private byte[] buffer;
    private int at;
    private Range network, asset, payer, nonce, agent, amount, reference;

    public EncodedAppend(LedgerAppend append)
    {
        Append = append;
        buffer = ArrayPool<byte>.Shared.Rent(FixedBytes + Encoding.UTF8.GetMaxByteCount(append.AgentId.Length)
            + Encoding.UTF8.GetMaxByteCount(append.Reference.Length) + UInt256.MaxDecimalDigits);
        Content = Encode();
    }

    public LedgerAppend Append { get; }

    /// <summary>Covers everything that the caller decides.</summary>
    public Hash32 Content { get; }

    public ReadOnlySpan<byte> Network => buffer.AsSpan(network);

    public ReadOnlySpan<byte> Asset => buffer.AsSpan(asset);

    public ReadOnlySpan<byte> Payer => buffer.AsSpan(payer);

    public ReadOnlySpan<byte> Nonce => buffer.AsSpan(nonce);

    public ReadOnlySpan<byte> Agent => buffer.AsSpan(agent);

    public ReadOnlySpan<byte> Amount => buffer.AsSpan(amount);

    public ReadOnlySpan<byte> Reference => buffer.AsSpan(reference);

    public void Dispose()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private Hash32 Encode()
    {
        Domain.CopyTo(buffer, 0);
        at = Domain.Length;
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        var key = Append.Payment;
        network = AddText(key.Network.ToString());
        key.Asset.CopyTo(bytes[..Address.Size]);
        asset = AddHex(bytes[..Address.Size]);
        key.From.CopyTo(bytes[..Address.Size]);
        payer = AddHex(bytes[..Address.Size]);
        key.Nonce.CopyTo(bytes);
        nonce = AddHex(bytes);
        agent = AddText(Append.AgentId);
        amount = AddText(Append.Amount.ToString());
        reference = AddText(Append.Reference);
        BinaryPrimitives.WriteInt32BigEndian(Next(sizeof(int)), Append.Index);
        Next(1)[0] = (byte)Append.Kind;
        BinaryPrimitives.WriteInt32BigEndian(Next(sizeof(int)), Append.Body.Length);
        SHA256.HashData(Append.Body.Span, Next(SHA256.HashSizeInBytes));
        SHA256.HashData(buffer.AsSpan(0, at), bytes);
        return new Hash32(bytes);
    }

    private Span<byte> Next(int count)
    {
        var span = buffer.AsSpan(at, count);
        at += count;
        return span;
    }

    private Range AddText(string text)
    {
        var length = Encoding.UTF8.GetBytes(text, buffer.AsSpan(at + sizeof(int)));
        return Close(length);
    }

    private Range AddHex(ReadOnlySpan<byte> bytes)
    {
        var target = buffer.AsSpan(at + sizeof(int));
        "0x"u8.CopyTo(target);
        Convert.TryToHexStringLower(bytes, target[2..], out var written);
        return Close(2 + written);
    }

    private Range Close(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(Next(sizeof(int)), length);
        var start = at;
        at += length;
        return start..at;
    }
}
