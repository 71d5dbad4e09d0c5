using System.Net;
using Betar.Marketplace.Records;

namespace Betar.Marketplace.Trust;

/// <summary>All that this node has heard of one listing id.</summary>
internal sealed class ListingEntry(string id, SellerState seller)
{
    private long _heardAt;
    private long _dueAt;

    public string Id => id;

    /// <summary>Null: this node has never spoken to its seller.</summary>
    public Liveness? Life { get; set; }

    public SellerState Seller { get; set; } = seller;

    public bool IsOwn { get; set; }

    /// <summary>The only seller that can have made the id, once somebody has shown who that is.</summary>
    public string? Owner { get; set; }

    public RawListing? Raw { get; set; }

    /// <summary>The last value that named the owner as its seller.</summary>
    public RawListing? OwnersRaw { get; set; }

    /// <summary>There was a value, and then there was none: somebody deleted it.</summary>
    public bool RawLost { get; set; }

    public SignedListing? Record { get; set; }

    public SellerWord? Word { get; set; }

    /// <summary>The IP group that brought it while nobody vouches for it.</summary>
    public IPAddress? Group { get; set; }

    public DateTimeOffset HeardAt
    {
        get => new(_heardAt, TimeSpan.Zero);
        set => _heardAt = value.UtcTicks;
    }

    /// <summary>When time alone may change how it is judged.</summary>
    public DateTimeOffset DueAt
    {
        get => new(_dueAt, TimeSpan.Zero);
        set => _dueAt = value.UtcTicks;
    }

    /// <summary>How it was judged last.</summary>
    public Judgement Judged { get; set; } = Judgement.Hidden;
}
