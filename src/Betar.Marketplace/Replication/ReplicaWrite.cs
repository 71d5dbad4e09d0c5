namespace Betar.Marketplace.Replication;

/// <summary>One change of our own. A null value deletes the key.</summary>
public sealed record ReplicaWrite(string Key, ReadOnlyMemory<byte>? Value);
