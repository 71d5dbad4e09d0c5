namespace Betar.Marketplace.Replication;

public sealed class ReplicaChangedEventArgs(string key, ReplicaEntry? entry) : EventArgs
{
    public string Key => key;

    /// <summary>Null: the key is gone.</summary>
    public ReplicaEntry? Entry => entry;
}
