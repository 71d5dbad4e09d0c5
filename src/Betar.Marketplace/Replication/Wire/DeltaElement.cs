namespace Betar.Marketplace.Replication.Wire;

/// <summary>A key with its value, or, as a tombstone, a key with the block key of the node whose element is removed.</summary>
internal readonly record struct DeltaElement(string Key, string Id, ReadOnlyMemory<byte> Value)
{
    public static DeltaElement Put(string key, ReadOnlyMemory<byte> value) => new(key, "", value);

    public static DeltaElement Tombstone(string key, NodeId node) => new(key, node.ToBlockKey(), default);
}
