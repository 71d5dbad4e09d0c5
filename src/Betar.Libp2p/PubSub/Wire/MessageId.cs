using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.PubSub.Wire;

/// <summary>The name of a message: the bytes of its author and of its sequence number, one behind the other. Whoever writes a message chooses both.</summary>
internal readonly struct MessageId(byte[] bytes) : IEquatable<MessageId>
{
    public const int SequenceLength = 8;

    private readonly int _hash = BytesHash.Of(bytes);

    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The name says that the message is of this author; it proves nothing.</summary>
    public bool Names(PeerId author) => Bytes.Length == author.Bytes.Length + SequenceLength && Bytes.StartsWith(author.Bytes);

    public bool Equals(MessageId other) => _hash == other._hash && Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is MessageId other && Equals(other);

    public override int GetHashCode() => _hash;

    public override string ToString() => Convert.ToHexString(Bytes);
}
