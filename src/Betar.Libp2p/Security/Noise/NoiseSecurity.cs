using System.Buffers.Binary;
using System.Text;
using Betar.Crypto;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Security.Noise;

/// <summary>
/// <c>/noise</c>. The lasting key lives as long as this object and is never stored, so that the identity signs it once.
/// </summary>
internal sealed class NoiseSecurity : ISecurity, IDisposable
{
    public const string Id = "/noise";
    public const string MessageLimit = "connection.noise_handshake_bytes";
    private const int LengthSize = 2;
    private static readonly byte[] SignaturePrefix = Encoding.ASCII.GetBytes("noise-libp2p-static-key:");
    private readonly X25519Key _lasting = X25519Key.Generate();
    private readonly NoisePayload _mine;
    private readonly byte[] _encoded;
    private readonly int _maxMessage;
    private readonly IdentityLimits _limits;

    public NoiseSecurity(IdentityKey identity, IReadOnlyList<string> muxers, int maxMessage, IdentityLimits limits)
    {
        Span<byte> key = stackalloc byte[X25519Key.Size];
        _lasting.CopyPublicKey(key);
        _mine = new NoisePayload(identity.PublicKey.Encoded, identity.Sign(Signed(key)), muxers);
        _encoded = _mine.Encode();
        _maxMessage = maxMessage;
        _limits = limits;
    }

    public string Protocol => Id;

    public async ValueTask<SecuredLink> SecureAsync(PlainLink link, bool isDialer, PeerId? expected, CancellationToken cancellationToken)
    {
        using var handshake = new NoiseHandshake(isDialer, [], _lasting, X25519Key.Generate());
        NoisePayload theirs;
        PublicKey key;
        if (isDialer)
        {
            await WriteAsync(link, handshake.Write([]), cancellationToken);
            (theirs, key) = Check(handshake, await ReadAsync(link, handshake, cancellationToken));
            // Nothing of ours is shown to somebody whom we did not dial.
            PeerCheck.Require(key, expected);
            await WriteAsync(link, handshake.Write(_encoded), cancellationToken);
        }
        else
        {
            await ReadAsync(link, handshake, cancellationToken);
            await WriteAsync(link, handshake.Write(_encoded), cancellationToken);
            (theirs, key) = Check(handshake, await ReadAsync(link, handshake, cancellationToken));
        }

        var peer = PeerCheck.Require(key, expected);
        var muxer = isDialer ? MuxerChoice.Choose(_mine.Muxers, theirs.Muxers) : MuxerChoice.Choose(theirs.Muxers, _mine.Muxers);
        var (send, receive) = handshake.Split();
        return new SecuredLink(new NoiseLink(link, send, receive), peer, key, muxer);
    }

    public void Dispose() => _lasting.Dispose();

    private static byte[] Signed(ReadOnlySpan<byte> lasting) => [.. SignaturePrefix, .. lasting];

    private (NoisePayload Payload, PublicKey Key) Check(NoiseHandshake handshake, byte[] bytes)
    {
        if (!NoisePayload.TryDecode(bytes, out var payload))
            throw new Libp2pException(Libp2pError.Malformed, "The handshake's payload cannot be read.");
        var key = _limits.Read(payload.IdentityKey.Span);
        if (!key.Verify(Signed(handshake.TheirLasting), payload.Signature.Span))
            throw new Libp2pException(Libp2pError.SecurityFailed, "The peer's identity did not sign its session key.");
        return (payload, key);
    }

    private static ValueTask WriteAsync(PlainLink link, byte[] message, CancellationToken cancellationToken)
    {
        var framed = new byte[LengthSize + message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, LengthSize);
        return link.WriteAsync(framed, cancellationToken);
    }

    private async ValueTask<byte[]> ReadAsync(PlainLink link, NoiseHandshake handshake, CancellationToken cancellationToken)
    {
        await RequireAsync(link, LengthSize, cancellationToken);
        var length = BinaryPrimitives.ReadUInt16BigEndian(link.Received.Span);
        if (length > _maxMessage)
            throw Libp2pException.Exceeded(MessageLimit, "A handshake message is too long.");
        await RequireAsync(link, LengthSize + length, cancellationToken);
        var payload = handshake.Read(link.Received.Span.Slice(LengthSize, length))
            ?? throw new Libp2pException(Libp2pError.SecurityFailed, "A handshake message was refused.");
        link.Consume(LengthSize + length);
        return payload;
    }

    private static async ValueTask RequireAsync(PlainLink link, int count, CancellationToken cancellationToken)
    {
        if (!await link.FillAsync(count, cancellationToken))
            throw new Libp2pException(Libp2pError.ConnectionClosed, "The other side ended in the middle of the handshake.");
    }
}
