using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Betar.Ethereum;

namespace Betar.X402.Challenges;

/// <summary>
/// Makes nonces that carry their own proof, and recognises them: expiry (5 bytes, Unix seconds) ‖ key id (1) ‖
/// salt (10) ‖ HMAC-SHA256 over the terms and these 16 bytes, cut to 16. Nothing is remembered per quote, so an
/// unpaid request costs no memory and any silo can check any quote.
/// </summary>
public sealed class ChallengeIssuer(ChallengeKeyRing keys, ChallengeOptions options, TimeProvider time)
{
    private const int ExpirySize = 5;
    private const int SaltSize = 10;
    private const int HeaderSize = ExpirySize + 1 + SaltSize;
    private const int MacSize = 16;

    // payTo ‖ amount ‖ network ‖ asset ‖ body hash, and four texts with their lengths.
    private const int FixedTermsSize = Address.Size + UInt256.Size + sizeof(ulong) + Address.Size + Hash32.Size;
    private const int LengthSize = sizeof(int);
    private const int TextCount = 4;
    private const int StackLimit = 1024;

    // Five bytes reach beyond the year 9999, where the calendar ends.
    private const long MaxUnixSeconds = 253402300799;

    public Challenge Issue(ChallengeTerms terms)
    {
        var expiresAt = time.GetUtcNow() + options.Lifetime;
        var key = keys.Current;
        Span<byte> nonce = stackalloc byte[Nonce.Size];
        WriteExpiry(nonce, expiresAt.ToUnixTimeSeconds());
        nonce[ExpirySize] = key.Id;
        SaltSource.Fill(nonce.Slice(ExpirySize + 1, SaltSize));
        if (!TryComputeMac(key, nonce[..HeaderSize], terms, terms.Amount, nonce[HeaderSize..]))
        {
            // The key was rotated out meanwhile; the next current one is not about to be.
            return Issue(terms);
        }

        return new Challenge(new Nonce(nonce), ReadExpiry(nonce));
    }

    public ChallengeInspection Inspect(Nonce nonce, ChallengeTerms terms) => Inspect(nonce, terms, terms.Amount);

    /// <summary>With the amount that was authorised in place of today's price, so that an open quote outlives a price change.</summary>
    public ChallengeInspection Inspect(Nonce nonce, ChallengeTerms terms, AtomicAmount authorized)
    {
        Span<byte> bytes = stackalloc byte[Nonce.Size];
        nonce.CopyTo(bytes);
        var expiresAt = ReadExpiry(bytes);
        var key = keys.Find(bytes[ExpirySize]);
        Span<byte> mac = stackalloc byte[MacSize];
        if (key is null || !TryComputeMac(key, bytes[..HeaderSize], terms, authorized, mac))
        {
            return new ChallengeInspection(ChallengeVerdict.UnknownKey, expiresAt);
        }

        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[HeaderSize..]))
        {
            return new ChallengeInspection(ChallengeVerdict.Mismatch, expiresAt);
        }

        var verdict = time.GetUtcNow() < expiresAt ? ChallengeVerdict.Valid : ChallengeVerdict.Expired;
        return new ChallengeInspection(verdict, expiresAt);
    }

    private static bool TryComputeMac(
        ChallengeKey key, ReadOnlySpan<byte> header, ChallengeTerms terms, AtomicAmount amount, Span<byte> mac16)
    {
        var size = MaxMessageSize(terms);
        byte[]? rented = null;
        var message = size <= StackLimit ? stackalloc byte[StackLimit] : rented = ArrayPool<byte>.Shared.Rent(size);
        var length = WriteMessage(message, header, terms, amount);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var computed = key.TryComputeMac(message[..length], mac);
        mac[..MacSize].CopyTo(mac16);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return computed;
    }

    private static int MaxMessageSize(ChallengeTerms terms) =>
        HeaderSize + FixedTermsSize + (TextCount * LengthSize)
        + Encoding.UTF8.GetMaxByteCount(terms.Seller.Length) + Encoding.UTF8.GetMaxByteCount(terms.AgentId.Length)
        + Encoding.UTF8.GetMaxByteCount(terms.CorrelationId.Length) + Encoding.UTF8.GetMaxByteCount(terms.Peer.Length);

    // Texts carry their length, so that no two lists of terms have the same bytes.
    private static int WriteMessage(Span<byte> message, ReadOnlySpan<byte> header, ChallengeTerms terms, AtomicAmount amount)
    {
        header.CopyTo(message);
        var at = HeaderSize;
        terms.PayTo.CopyTo(message[at..]);
        at += Address.Size;
        amount.Units.WriteBigEndian(message.Slice(at, UInt256.Size));
        at += UInt256.Size;
        BinaryPrimitives.WriteUInt64BigEndian(message[at..], terms.Network.ChainId);
        at += sizeof(ulong);
        terms.Asset.CopyTo(message[at..]);
        at += Address.Size;
        terms.BodyHash.CopyTo(message[at..]);
        at += Hash32.Size;
        at += WriteText(message[at..], terms.Seller);
        at += WriteText(message[at..], terms.AgentId);
        at += WriteText(message[at..], terms.CorrelationId);
        at += WriteText(message[at..], terms.Peer);
        return at;
    }

    private static int WriteText(Span<byte> message, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, message[LengthSize..]);
        BinaryPrimitives.WriteInt32BigEndian(message, length);
        return LengthSize + length;
    }

    private static void WriteExpiry(Span<byte> nonce, long unixSeconds)
    {
        Span<byte> wide = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(wide, unixSeconds);
        wide[(sizeof(long) - ExpirySize)..].CopyTo(nonce);
    }

    private static DateTimeOffset ReadExpiry(ReadOnlySpan<byte> nonce)
    {
        Span<byte> wide = stackalloc byte[sizeof(long)];
        wide.Clear();
        nonce[..ExpirySize].CopyTo(wide[(sizeof(long) - ExpirySize)..]);
        var seconds = Math.Min(BinaryPrimitives.ReadInt64BigEndian(wide), MaxUnixSeconds);
        return DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
