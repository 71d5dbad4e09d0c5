using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Search;

/// <summary>Some of what was found.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="Next">The cursor of the next page; null: this was the last.</param>
/// <param name="Matches">How many were found from this page on.</param>
/// <param name="Examined">How many listings were looked at for it.</param>
/// <param name="Fault">Why there is no answer.</param>
public sealed record SearchPage(
    IReadOnlyList<MarketListing> Items, string? Next, int Matches, int Examined, SearchFault Fault = SearchFault.None)
{
    internal static SearchPage Refused(SearchFault fault) => new([], null, 0, 0, fault);
}
