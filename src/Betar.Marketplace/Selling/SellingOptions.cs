namespace Betar.Marketplace.Selling;

/// <summary>How a node keeps its own listings true.</summary>
public sealed class SellingOptions
{
    /// <summary>How long a signed listing holds; default 7 days. It is renewed when half of that is over.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long it is remembered that a listing was taken back; default 30 days.</summary>
    public TimeSpan WithdrawnFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Listings in one node of the replicated set; default 256.</summary>
    public int MaxBatch { get; set; } = 256;

    /// <summary>How long after others changed a listing of ours it is said again; default 30 seconds.</summary>
    public TimeSpan FirstReassertion { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many times longer each next wait is; default 10.</summary>
    public int ReassertionFactor { get; set; } = 10;

    /// <summary>The longest wait, and how long it must be quiet before the first wait counts again; default 1 hour.</summary>
    public TimeSpan MaxReassertion { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Changes of one publication that are announced one by one; default 256. An original node writes a block for each, so no more.</summary>
    public int MaxAnnouncements { get; set; } = 256;
}
