using System.Buffers;
using System.Buffers.Binary;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Protobuf;

namespace Betar.Libp2p.PubSub.Wire;

/// <summary>A signed message. It keeps the bytes in which it came, and is passed on in them.</summary>
internal sealed class WireMessage
{
    private const int AuthorField = 1;
    private const int DataField = 2;
    private const int SequenceField = 3;
    private const int TopicField = 4;
    private const int SignatureField = 5;
    private const int KeyField = 6;

    private readonly ReadOnlyMemory<byte> _sequence;
    private readonly ReadOnlyMemory<byte> _signature;
    private readonly ReadOnlyMemory<byte> _key;

    private WireMessage(
        byte[] raw, string topic, MessageId id, ReadOnlyMemory<byte> sequence, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte> key,
        MessageFault fault) =>
        (Raw, Topic, Id, _sequence, Data, _signature, _key, Fault) = (raw, topic, id, sequence, data, signature, key, fault);

    /// <summary>The message as it came.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    public MessageId Id { get; }

    public MessageFault Fault { get; }

    /// <summary>Empty for a name that is no text or too long; nobody takes part in such a topic.</summary>
    public string Topic { get; }

    /// <summary>Known when <see cref="Verify"/> was true: most messages are copies, and nobody reads the keys of those.</summary>
    public PeerId Author { get; private set; }

    public ulong Sequence => BinaryPrimitives.ReadUInt64BigEndian(_sequence.Span);

    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The domain, so that nothing else that the key signs can be taken for a message.</summary>
    private static ReadOnlySpan<byte> Prefix => "libp2p-pubsub:"u8;

    public static WireMessage Sign(IdentityKey identity, string topic, ulong sequence, ReadOnlyMemory<byte> data)
    {
        var number = new byte[MessageId.SequenceLength];
        BinaryPrimitives.WriteUInt64BigEndian(number, sequence);
        var peer = identity.PeerId;
        var signed = SignedBytes(peer, data.Span, number, topic);
        var signature = identity.Sign(signed);
        var output = new ArrayBufferWriter<byte>(signed.Length + signature.Length + 16);
        output.Write(signed.AsSpan(Prefix.Length));
        var writer = new ProtoWriter(output);
        writer.WriteBytes(SignatureField, signature);
        // Others cannot look up a key that does not stand in the peer id.
        if (!peer.TryGetPublicKey(out _))
            writer.WriteBytes(KeyField, identity.PublicKey.Encoded.Span);
        var raw = output.WrittenSpan.ToArray();
        if (!TryRead(raw, int.MaxValue, out var message))
            throw new InvalidOperationException("A message of ours cannot be read.");
        message.Author = peer;
        return message;
    }

    /// <summary>False for what is no protobuf. What is, but no message that can be checked, has a <see cref="Fault"/>.</summary>
    /// <param name="raw">Kept, so it must not change any more.</param>
    /// <param name="maxTopicBytes">Longer names are no names.</param>
    /// <param name="message">The answer.</param>
    public static bool TryRead(byte[] raw, int maxTopicBytes, out WireMessage message)
    {
        message = null!;
        ReadOnlySpan<byte> author = default, data = default, sequence = default, topic = default, signature = default, key = default;
        var unknown = false;
        var reader = new ProtoReader(raw);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (type != WireType.Bytes || field is < AuthorField or > KeyField)
            {
                unknown = true;
                reader.TrySkip(type);
                continue;
            }

            if (!reader.TryReadBytes(out var value))
                break;
            switch (field)
            {
                case AuthorField: author = value; break;
                case DataField: data = value; break;
                case SequenceField: sequence = value; break;
                case TopicField: topic = value; break;
                case SignatureField: signature = value; break;
                default: key = value; break;
            }
        }

        if (reader.Failed)
            return false;
        var fault = unknown ? MessageFault.UnknownField
            : author.IsEmpty || sequence.Length != MessageId.SequenceLength || signature.IsEmpty ? MessageFault.MissingSignature
            : MessageFault.None;
        message = new WireMessage(
            raw, TopicName.Read(topic, maxTopicBytes), new MessageId([.. author, .. sequence]), Place(raw, sequence), Place(raw, data), Place(raw, signature),
            Place(raw, key), fault);
        return true;
    }

    /// <summary>The author has signed the topic, the number and the data, and nothing else stands there.</summary>
    public bool Verify()
    {
        if (Fault != MessageFault.None || !TryFindKey(Id.Bytes[..^MessageId.SequenceLength], _key.Span, out var author, out var key)
            || !key!.Verify(SignedBytes(author, Data.Span, _sequence.Span, Topic), _signature.Span))
        {
            return false;
        }

        Author = author;
        return true;
    }

    private static byte[] SignedBytes(PeerId author, ReadOnlySpan<byte> data, ReadOnlySpan<byte> sequence, string topic)
    {
        var output = new ArrayBufferWriter<byte>(Prefix.Length + data.Length + topic.Length + 96);
        output.Write(Prefix);
        var writer = new ProtoWriter(output);
        writer.WriteBytes(AuthorField, author.Bytes);
        writer.WriteBytes(DataField, data);
        writer.WriteBytes(SequenceField, sequence);
        writer.WriteString(TopicField, topic);
        return output.WrittenSpan.ToArray();
    }

    private static bool TryFindKey(ReadOnlySpan<byte> author, ReadOnlySpan<byte> encoded, out PeerId peer, out PublicKey? key)
    {
        key = null;
        if (!PeerId.TryDecode(author, out peer))
            return false;
        if (encoded.IsEmpty)
            return peer.TryGetPublicKey(out key);
        return PublicKey.TryDecode(encoded, out key) && key.ToPeerId() == peer;
    }

    private static ReadOnlyMemory<byte> Place(byte[] raw, ReadOnlySpan<byte> part) =>
        raw.AsSpan().Overlaps(part, out var offset) ? raw.AsMemory(offset, part.Length) : default;
}
