using System.Buffers.Binary;
using System.Text;
using Betar.Crypto;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Security;
using Betar.Libp2p.Security.Noise;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Support;

/// <summary>A peer that makes its handshake messages by hand, right or wrong, for a session under test.</summary>
internal sealed class RawNoise : IAsyncDisposable
{
    private readonly X25519Key _lasting = X25519Key.Generate();
    private readonly IdentityKey _sessionKey = IdentityKey.Generate();
    private readonly NoiseSecurity _security;
    private readonly MemoryChannel _channel;
    private readonly PlainLink _link;

    public RawNoise(bool sessionDials, PeerId? expected = null, string[]? muxers = null)
    {
        var (ours, its) = Channels.Pair();
        _channel = ours;
        _link = new PlainLink(ours);
        _security = new NoiseSecurity(_sessionKey, muxers ?? ["/yamux/1.0.0"], 4096, IdentityLimits.Default);
        Handshake = new NoiseHandshake(!sessionDials, [], _lasting, X25519Key.Generate());
        Session = _security.SecureAsync(new PlainLink(its), sessionDials, expected ?? (sessionDials ? Identity.PeerId : null), default).AsTask();
    }

    public static IdentityKey Identity { get; } = IdentityKey.FromEd25519Seed(Enumerable.Repeat((byte)7, 32).ToArray());

    public static IdentityKey Other { get; } = IdentityKey.FromEd25519Seed(Enumerable.Repeat((byte)8, 32).ToArray());

    /// <summary>Our side of the handshake, in step with the session's.</summary>
    public NoiseHandshake Handshake { get; }

    public Task<SecuredLink> Session { get; }

    /// <summary>What the session has sent and nobody has read.</summary>
    public int WaitingBytes => _link.FillAsync(1, default).AsTask().IsCompleted ? _link.Received.Length : 0;

    public static byte[] Right(RawNoise raw) => raw.Payload();

    public byte[] Payload(
        IdentityKey? signer = null, byte[]? identity = null, byte[]? signed = null, string prefix = "noise-libp2p-static-key:", string[]? muxers = null)
    {
        var mine = new byte[X25519Key.Size];
        _lasting.CopyPublicKey(mine);
        var signature = (signer ?? Identity).Sign([.. Encoding.ASCII.GetBytes(prefix), .. signed ?? mine]);
        return new NoisePayload(identity ?? Identity.PublicKey.Encoded.ToArray(), signature, muxers ?? []).Encode();
    }

    public ValueTask SendRawAsync(byte[] bytes) => _channel.WriteAsync(bytes, default);

    public ValueTask SendAsync(byte[] message)
    {
        var framed = new byte[message.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, 2);
        return SendRawAsync(framed);
    }

    public async Task<byte[]> ReceiveAsync()
    {
        Assert.True(await _link.FillAsync(2, default));
        var length = BinaryPrimitives.ReadUInt16BigEndian(_link.Received.Span);
        Assert.True(await _link.FillAsync(2 + length, default));
        var message = _link.Received.Slice(2, length).ToArray();
        _link.Consume(2 + length);
        return message;
    }

    public async Task<Libp2pError> RefusalAsync() => (await Assert.ThrowsAsync<Libp2pException>(() => Session)).Code;

    public ValueTask HangUpAsync() => _channel.DisposeAsync();

    public ValueTask DisposeAsync()
    {
        Handshake.Dispose();
        _lasting.Dispose();
        _security.Dispose();
        _sessionKey.Dispose();
        return _channel.DisposeAsync();
    }
}
