using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Betar.Ethereum;

namespace Betar.X402.Verification;

/// <summary>
/// What makes two requests with one payment the same request: the peer, the agent, the correlation id and the body.
/// Stored with the payment at its first use; the same again gets the stored answer, another is a conflict.
/// </summary>
public static class RequestFingerprint
{
    public static Hash32 Compute(string peer, string agentId, string correlationId, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendWithLength(hash, Encoding.UTF8.GetBytes(peer));
        AppendWithLength(hash, Encoding.UTF8.GetBytes(agentId));
        AppendWithLength(hash, Encoding.UTF8.GetBytes(correlationId));
        AppendWithLength(hash, body);
        Span<byte> fingerprint = stackalloc byte[Hash32.Size];
        hash.GetHashAndReset(fingerprint);
        return new Hash32(fingerprint);
    }

    private static void AppendWithLength(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
