using Betar.Libp2p.Protobuf;

namespace Betar.Libp2p.PubSub.Wire;

/// <summary>Reads the frames of strangers. Unknown fields are skipped; entries beyond the limits are left out and counted while reading, not after.</summary>
internal ref struct RpcReader(GossipLimitOptions limits)
{
    private const int MaxIdLength = 64;
    private const ulong MaxBackoffSeconds = 24 * 60 * 60;

    private readonly GossipRpc _rpc = new();
    private int _entries;
    private int _ids;

    /// <summary>False for what is no protobuf, or puts a field in another form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, GossipLimitOptions limits, out GossipRpc rpc)
    {
        var reader = new RpcReader(limits);
        rpc = reader._rpc;
        return reader.Read(frame);
    }

    private bool Read(ReadOnlySpan<byte> frame)
    {
        var reader = new ProtoReader(frame);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field is < RpcField.Subscriptions or > RpcField.Control)
            {
                reader.TrySkip(type);
                continue;
            }

            if (type != WireType.Bytes || !reader.TryReadBytes(out var value))
                return false;
            var read = field switch
            {
                RpcField.Subscriptions => ReadSubscription(value),
                RpcField.Publish => ReadMessage(value),
                _ => ReadControl(value),
            };
            if (!read)
                return false;
        }

        return !reader.Failed;
    }

    private bool ReadSubscription(ReadOnlySpan<byte> bytes)
    {
        var subscribes = false;
        ReadOnlySpan<byte> topic = default;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field == RpcField.Subscribe && type == WireType.Varint && reader.TryReadVarint(out var value))
                subscribes = value != 0;
            else if (field == RpcField.SubscribedTopic && type == WireType.Bytes)
                reader.TryReadBytes(out topic);
            else
                reader.TrySkip(type);
        }

        if (reader.Failed)
            return false;
        if (TakesEntry() && Name(topic) is { Length: > 0 } name)
            _rpc.Subscriptions.Add(new SubscriptionChange(subscribes, name));
        return true;
    }

    private bool ReadMessage(ReadOnlySpan<byte> bytes)
    {
        if (_rpc.Messages.Count >= limits.MessagesPerRpc)
        {
            _rpc.Left++;
            return true;
        }

        // A copy of its own: what is kept for a while must not hold the whole frame.
        if (!WireMessage.TryRead(bytes.ToArray(), limits.TopicNameBytes, out var message))
            return false;
        _rpc.Messages.Add(message);
        return true;
    }

    private bool ReadControl(ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtoReader(bytes);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field is < RpcField.ControlHave or > RpcField.ControlDontWant)
            {
                reader.TrySkip(type);
                continue;
            }

            if (type != WireType.Bytes || !reader.TryReadBytes(out var value))
                return false;
            var read = field switch
            {
                RpcField.ControlHave => ReadHave(value),
                RpcField.ControlWant => ReadIds(value, RpcField.WantIds, _rpc.Want, out _),
                RpcField.ControlDontWant => ReadIds(value, RpcField.WantIds, _rpc.DontWant, out _),
                RpcField.ControlGraft => ReadGraft(value),
                _ => ReadPrune(value),
            };
            if (!read)
                return false;
        }

        return !reader.Failed;
    }

    private bool ReadHave(ReadOnlySpan<byte> bytes)
    {
        var ids = new List<MessageId>();
        if (!ReadIds(bytes, RpcField.HaveIds, ids, out var topic))
            return false;
        if (TakesEntry() && topic.Length > 0 && ids.Count > 0)
            _rpc.Have.Add(new IHave(topic, ids));
        return true;
    }

    private bool ReadIds(ReadOnlySpan<byte> bytes, int idField, List<MessageId> ids, out string topic)
    {
        ReadOnlySpan<byte> name = default;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field == idField && type == WireType.Bytes && reader.TryReadBytes(out var id))
                TakeId(id, ids);
            else if (field == RpcField.Topic && type == WireType.Bytes)
                reader.TryReadBytes(out name);
            else
                reader.TrySkip(type);
        }

        topic = Name(name);
        return !reader.Failed;
    }

    private bool ReadGraft(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> name = default;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field == RpcField.Topic && type == WireType.Bytes)
                reader.TryReadBytes(out name);
            else
                reader.TrySkip(type);
        }

        if (reader.Failed)
            return false;
        if (TakesEntry() && Name(name) is { Length: > 0 } topic)
            _rpc.Graft.Add(topic);
        return true;
    }

    private bool ReadPrune(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> name = default;
        List<OfferedPeer> offered = [];
        var seconds = 0UL;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field == RpcField.Topic && type == WireType.Bytes)
                reader.TryReadBytes(out name);
            else if (field == RpcField.PruneBackoff && type == WireType.Varint)
                reader.TryReadVarint(out seconds);
            else if (field == RpcField.PrunePeers && type == WireType.Bytes && reader.TryReadBytes(out var peer))
                TakeOffered(peer, offered);
            else
                reader.TrySkip(type);
        }

        if (reader.Failed)
            return false;
        TimeSpan? backoff = seconds == 0 ? null : TimeSpan.FromSeconds(Math.Min(seconds, MaxBackoffSeconds));
        if (TakesEntry() && Name(name) is { Length: > 0 } topic)
            _rpc.Prune.Add(new Prune(topic, backoff) { Offered = offered });
        return true;
    }

    /// <summary>One that cannot be read is passed over: it takes nothing from PRUNE itself.</summary>
    private readonly void TakeOffered(ReadOnlySpan<byte> bytes, List<OfferedPeer> offered)
    {
        ReadOnlySpan<byte> id = default, record = default;
        var reader = new ProtoReader(bytes);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field == RpcField.OfferedId && type == WireType.Bytes)
                reader.TryReadBytes(out id);
            else if (field == RpcField.OfferedRecord && type == WireType.Bytes)
                reader.TryReadBytes(out record);
            else
                reader.TrySkip(type);
        }

        if (reader.Failed || record.IsEmpty)
            return;
        if (offered.Count < limits.OfferedPeers)
            offered.Add(new OfferedPeer(id.ToArray(), record.ToArray()));
        else
            _rpc.Left++;
    }

    private readonly string Name(ReadOnlySpan<byte> bytes) => TopicName.Read(bytes, limits.TopicNameBytes);

    private bool TakesEntry()
    {
        if (_entries++ < limits.EntriesPerRpc)
            return true;
        _rpc.Left++;
        return false;
    }

    /// <summary>Names of another length cannot be of messages that we would take.</summary>
    private void TakeId(ReadOnlySpan<byte> id, List<MessageId> ids)
    {
        if (_ids++ < limits.IdsPerRpc && id.Length is > 0 and <= MaxIdLength)
            ids.Add(new MessageId(id.ToArray()));
        else
            _rpc.Left++;
    }
}
