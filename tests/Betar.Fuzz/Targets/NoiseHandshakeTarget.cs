using System.Buffers.Binary;
using Betar.Crypto;
using Betar.Fuzz.Support;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Security;
using Betar.Libp2p.Security.Noise;
using Betar.Libp2p.Transports;

namespace Betar.Fuzz.Targets;

/// <summary>
/// The Noise handshake. The first byte says how: as a listener or a dialer, against raw bytes or against a peer that encrypts well and puts the
/// rest of the input inside. Only what the corpus' own peer signed for its own key is let in.
/// </summary>
internal sealed class NoiseHandshakeTarget : IFuzzTarget, IDisposable
{
    private const string Muxer = "/yamux/1.0.0";
    private const int MaxMessage = 4096;
    private readonly IdentityKey _stranger = IdentityKey.FromEd25519Seed(Enumerable.Repeat((byte)7, 32).ToArray());
    private readonly IdentityKey _own = IdentityKey.FromEd25519Seed(Enumerable.Repeat((byte)8, 32).ToArray());
    private readonly X25519Key _lasting = X25519Key.Import(Enumerable.Repeat((byte)9, 32).ToArray());
    private readonly byte[] _signature;
    private readonly NoiseSecurity _security;

    public NoiseHandshakeTarget()
    {
        var key = new byte[X25519Key.Size];
        _lasting.CopyPublicKey(key);
        _signature = _stranger.Sign([.. "noise-libp2p-static-key:"u8, .. key]);
        _security = new NoiseSecurity(_own, [Muxer], MaxMessage, IdentityLimits.Default);
    }

    public string Name => "noise-handshake";

    public bool Take(byte[] input)
    {
        if (input.Length == 0)
            return false;
        var (dials, raw) = ((input[0] & 1) != 0, (input[0] & 2) != 0);
        using var handshake = new NoiseHandshake(!dials, [], _lasting, X25519Key.Generate());
        var channel = raw ? new FuzzChannel(input[1..], FuzzChannel.PieceFor(input)) : Peer(handshake, dials, input);
        var link = new PlainLink(channel);
        var (secured, refusal) = Attempt.Of(() => _security.SecureAsync(link, dials, dials ? _stranger.PeerId : null, default));
        link.ReleaseBuffer();
        FuzzException.Unless((secured is null) == (refusal is not null), "both let in and refused, or neither");
        var expected = raw || input.Length - 1 + Overhead(dials) > MaxMessage ? null : Slow(input[1..]);
        FuzzException.Unless(secured?.Muxer == expected?.Muxer && (secured is not null) == (expected is not null), $"{refusal}, the oracle: {expected}");
        FuzzException.Unless(secured is null || secured.RemotePeer == _stranger.PeerId, "somebody else is let in");
        return secured is not null;
    }

    public void Dispose()
    {
        _security.Dispose();
        _lasting.Dispose();
        _own.Dispose();
        _stranger.Dispose();
    }

    private static FuzzChannel Peer(NoiseHandshake handshake, bool dials, byte[] input)
    {
        var told = false;
        return new FuzzChannel(dials ? [] : Framed(handshake.Write([])), FuzzChannel.PieceFor(input)) { Answer = Reply };

        byte[] Reply(byte[] said)
        {
            FuzzException.Unless(handshake.Read(said.AsSpan(2)) is not null, "a message of the handshake does not fit");
            // The dialer's second word is its last.
            if (told)
                return [];
            told = true;
            return Framed(handshake.Write(input.AsSpan(1)));
        }
    }

    /// <summary>What stands around the payload of the message that is under test.</summary>
    private static int Overhead(bool dials) => dials ? 96 : 64;

    private static byte[] Framed(byte[] message)
    {
        var framed = new byte[2 + message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, 2);
        return framed;
    }

    // Ours is the one muxer, so that the order of the lists does not matter.
    private (string? Muxer, bool Known)? Slow(byte[] payload)
    {
        if (NoisePayloadTarget.Slow(payload) is not { } read || !read.Key.SequenceEqual(_stranger.PublicKey.Encoded.ToArray()) || !read.Signature.SequenceEqual(_signature))
            return null;
        return read.Muxers.Count == 0 ? (null, true) : read.Muxers.Contains(Muxer) ? (Muxer, true) : null;
    }
}
