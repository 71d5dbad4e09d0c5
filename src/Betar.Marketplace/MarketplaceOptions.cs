using Betar.Libp2p.Identity;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Selling;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace;

/// <summary>How a node takes part in the marketplace.</summary>
public sealed class MarketplaceOptions
{
    /// <summary>What is believed, and for how long.</summary>
    public TrustOptions Trust { get; } = new();

    /// <summary>What is asked of peers and taken from them.</summary>
    public ExchangeOptions Exchange { get; } = new();

    /// <summary>How this node's own listings are kept.</summary>
    public SellingOptions Selling { get; } = new();

    /// <summary>How often time is looked at: renewals, re-assertions, forgetting, writing; default 10 seconds.</summary>
    public TimeSpan TendInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What a listing is worth when there is no room for all; default: experience of one's own.</summary>
    public IListingWeight Weight { get; set; } = ExperienceWeight.Instance;

    /// <summary>Other requests of <c>/betar/marketplace/1.0.0</c>, by their type; default: none.</summary>
    public Dictionary<string, MarketRequestHandler> Handlers { get; } = new(StringComparer.Ordinal);

    /// <summary>What gossip thinks of a peer, for reports; default: nobody knows.</summary>
    public Func<PeerId, double?> PathScore { get; set; } = _ => null;
}
