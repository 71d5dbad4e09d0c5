namespace Betar.Marketplace.Replication.Syncing;

/// <summary>How far we have read the order of one peer.</summary>
internal sealed class SyncCursor
{
    public Guid Epoch { get; set; }

    public long After { get; set; }

    public DateTimeOffset NotBefore { get; set; }
}
