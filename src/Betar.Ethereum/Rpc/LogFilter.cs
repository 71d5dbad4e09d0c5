namespace Betar.Ethereum;

/// <summary>Which logs are wanted. A null topic matches any; topics past the list match any.</summary>
public sealed record LogFilter
{
    /// <summary>First block, inclusive. Default: the latest block.</summary>
    public ulong? FromBlock { get; init; }

    /// <summary>Last block, inclusive. Default: the latest block.</summary>
    public ulong? ToBlock { get; init; }

    public Address? Address { get; init; }

    public IReadOnlyList<Hash32?> Topics { get; init; } = [];
}
