namespace Betar.Blocks.Store;

/// <summary>How much a block store keeps.</summary>
public sealed class BlockStoreOptions
{
    /// <summary>Bytes of blocks, without what the database needs besides; default 1 GiB.</summary>
    public long QuotaBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>What is out of its range; empty: nothing.</summary>
    public IReadOnlyList<string> Validate() => QuotaBytes > 0 ? [] : [$"Block store option {nameof(QuotaBytes)} is out of range: at least 1."];
}
