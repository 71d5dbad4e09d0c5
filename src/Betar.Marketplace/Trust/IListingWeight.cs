namespace Betar.Marketplace.Trust;

/// <summary>
/// What a listing is worth when there is no room for all: the place for stakes, deposits and payments. Must be fast and may not wait.
/// </summary>
public interface IListingWeight
{
    /// <param name="seller">The peer id that the listing names, as text.</param>
    /// <param name="trust">How far it is believed.</param>
    /// <param name="successes">How often this node was served by it.</param>
    long Of(string seller, TrustLevel trust, long successes);
}
