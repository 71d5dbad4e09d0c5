using Betar.Marketplace.Records;
using Betar.Marketplace.Listings;

namespace Betar.Marketplace.Trust;

/// <summary>For how long something said is believed, and how much of it is kept.</summary>
public sealed class TrustOptions
{
    /// <summary>How long an unsigned listing counts after its seller was last heard; default 24 hours.</summary>
    public TimeSpan AttestedFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a listing counts that nobody but others speaks of, after its last change; default 24 hours.</summary>
    public TimeSpan HearsayFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an expired listing is shown as such before it is forgotten; default 7 days.</summary>
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromDays(7);

    /// <summary>A seller that was not heard for so long is not alive; default 24 hours.</summary>
    public TimeSpan AliveFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>A seller that failed so often in a row is not alive; default 3.</summary>
    public int DeadAfterFailures { get; set; } = 3;

    /// <summary>Listings that one seller may have here; default 100,000.</summary>
    public int MaxPerSeller { get; set; } = 100_000;

    /// <summary>Listings that nobody vouches for which the peers of one IP group may bring here; default 100,000.</summary>
    public int MaxHearsayPerGroup { get; set; } = 100_000;

    /// <summary>Listings of everybody; default 250,000. Above it those that weigh least are forgotten.</summary>
    public int MaxListings { get; set; } = 250_000;

    /// <summary>Bounds of a listing.</summary>
    public ListingLimits Listings { get; } = new();

    /// <summary>Bounds of a signed record.</summary>
    public RecordLimits Records { get; } = new();
}
