using System.Security.Cryptography;
using Betar.Ethereum;

namespace Betar.X402.Challenges;

/// <summary>Everything that a quote binds. A payment under other terms does not fit the quote's nonce.</summary>
/// <param name="Seller">The seller's own identity, so that fleets that share a key ring stay apart.</param>
/// <param name="BodyHash">SHA-256 of the request's body: see <see cref="HashBody"/>.</param>
/// <param name="Peer">The peer that asked; another peer cannot use its quote.</param>
public sealed record ChallengeTerms(
    string Seller,
    string AgentId,
    Address PayTo,
    AtomicAmount Amount,
    NetworkId Network,
    Address Asset,
    string CorrelationId,
    Hash32 BodyHash,
    string Peer)
{
    public static Hash32 HashBody(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[Hash32.Size];
        SHA256.HashData(body, hash);
        return new Hash32(hash);
    }
}
