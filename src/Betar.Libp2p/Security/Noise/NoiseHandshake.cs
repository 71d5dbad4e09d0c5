using System.Security.Cryptography;
using Betar.Crypto;

namespace Betar.Libp2p.Security.Noise;

/// <summary>
/// The pattern XX: three messages, each side shows a fresh and a lasting key. Knows nothing of connections. The lasting key belongs
/// to the caller, the fresh one to the handshake.
/// </summary>
internal sealed class NoiseHandshake(bool isInitiator, ReadOnlySpan<byte> prologue, X25519Key lasting, X25519Key fresh) : IDisposable
{
    private readonly NoiseSymmetricState _state = new(prologue);
    private readonly byte[] _theirFresh = new byte[X25519Key.Size];
    private readonly byte[] _theirLasting = new byte[X25519Key.Size];
    private int _next;

    /// <summary>The lasting key that the other side has shown.</summary>
    public ReadOnlySpan<byte> TheirLasting => _theirLasting;

    public ReadOnlySpan<byte> Hash => _state.Hash;

    /// <summary>How many bytes the next message has without its payload.</summary>
    public int NextOverhead => _next switch
    {
        0 => X25519Key.Size,
        1 => X25519Key.Size + X25519Key.Size + NoiseCipher.TagSize + NoiseCipher.TagSize,
        _ => X25519Key.Size + NoiseCipher.TagSize + NoiseCipher.TagSize,
    };

    public byte[] Write(ReadOnlySpan<byte> payload)
    {
        var message = new byte[NextOverhead + payload.Length];
        var rest = message.AsSpan();
        if (_next < 2)
        {
            fresh.CopyPublicKey(rest[..X25519Key.Size]);
            _state.MixHash(rest[..X25519Key.Size]);
            rest = rest[X25519Key.Size..];
        }

        if (_next == 1)
            MixAgreement(fresh, _theirFresh);
        if (_next > 0)
        {
            Span<byte> mine = stackalloc byte[X25519Key.Size];
            lasting.CopyPublicKey(mine);
            _state.EncryptAndHash(mine, rest);
            rest = rest[(X25519Key.Size + NoiseCipher.TagSize)..];
            MixAgreement(lasting, _theirFresh);
        }

        _state.EncryptAndHash(payload, rest);
        _next++;
        return message;
    }

    /// <summary>The payload of the next message; null: a message too short or a tag that does not fit.</summary>
    public byte[]? Read(ReadOnlySpan<byte> message)
    {
        if (message.Length < NextOverhead)
            return null;
        if (_next < 2)
        {
            message[..X25519Key.Size].CopyTo(_theirFresh);
            _state.MixHash(_theirFresh);
            message = message[X25519Key.Size..];
        }

        if (_next == 1)
            MixAgreement(fresh, _theirFresh);
        if (_next > 0)
        {
            if (!_state.TryDecryptAndHash(message[..(X25519Key.Size + NoiseCipher.TagSize)], _theirLasting))
                return null;
            message = message[(X25519Key.Size + NoiseCipher.TagSize)..];
            MixAgreement(fresh, _theirLasting);
        }

        var payload = new byte[message.Length - _state.Overhead];
        if (!_state.TryDecryptAndHash(message, payload))
            return null;
        _next++;
        return payload;
    }

    /// <summary>The session's ciphers, after the third message.</summary>
    public (NoiseCipher Send, NoiseCipher Receive) Split()
    {
        var (initiator, responder) = _state.Split();
        return isInitiator ? (initiator, responder) : (responder, initiator);
    }

    public void Dispose()
    {
        _state.Dispose();
        fresh.Dispose();
    }

    private void MixAgreement(X25519Key mine, ReadOnlySpan<byte> theirs)
    {
        Span<byte> shared = stackalloc byte[X25519Key.Size];
        if (!mine.TryAgree(theirs, shared))
            throw new Libp2pException(Libp2pError.SecurityFailed, "The peer's key leads to no secret.");
        _state.MixKey(shared);
        CryptographicOperations.ZeroMemory(shared);
    }
}
