using Betar.Libp2p.Identity;

namespace Betar.Marketplace.Listings;

/// <summary>The two ways of the network to name an agent: its DID, or "seller's peer id/DID".</summary>
public static class ListingId
{
    /// <summary>The agent's own part of either.</summary>
    public static string Agent(string id)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? id : id[(slash + 1)..];
    }

    /// <summary>The seller's part, if it has one.</summary>
    public static string? Seller(string id)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? null : id[..slash];
    }

    /// <summary>
    /// The id that is meant where it was escaped on its way, as <c>did%3Akey%3A…</c> or <c>12D3…%2Fdid%3Akey%3A…</c>; what is no escaped DID stays as it is,
    /// since a name may have any character in it.
    /// </summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var plain = Uri.UnescapeDataString(text);
        return Agent(plain).StartsWith("did:", StringComparison.Ordinal) ? plain : text;
    }

    /// <summary>
    /// Whether this seller, and no other, can have made the id: it begins with the seller, or it is the DID that follows from the seller's key
    /// and the agent's name.
    /// </summary>
    public static bool BelongsTo(string id, string name, PeerId seller)
    {
        if (Seller(id) is { } named)
            return PeerId.TryParse(named, out var peer) && peer == seller;
        return seller.TryGetPublicKey(out var key) && key.Type == KeyType.Ed25519
            && (id == AgentDid.Derive(name, key.Data.Span) || id == AgentDid.Derive(name.Trim(), key.Data.Span));
    }
}
