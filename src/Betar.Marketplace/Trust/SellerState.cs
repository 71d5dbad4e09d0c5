namespace Betar.Marketplace.Trust;

/// <summary>What all listings of a seller share.</summary>
internal sealed class SellerState(string id)
{
    /// <summary>The one copy of the text that its listings use.</summary>
    public string Id => id;

    public DateTimeOffset LastSeen { get; set; } = DateTimeOffset.MinValue;

    public HashSet<string> Listings { get; } = new(StringComparer.Ordinal);
}
