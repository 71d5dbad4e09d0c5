using Betar.Marketplace.Listings;

namespace Betar.Fuzz.Targets;

/// <summary>Answers to <c>info</c>: never more listings than asked for, and each of them one.</summary>
internal sealed class InfoAnswerTarget : IFuzzTarget
{
    private const int Most = 16;

    private readonly ListingLimits _limits = new();

    public string Name => "info-answer";

    public bool Take(byte[] input)
    {
        if (!ListingJson.TryDecodeAnswers(input, _limits, Most, out var listings))
            return false;
        FuzzException.Unless(listings.Count <= Most, $"{listings.Count} listings");
        FuzzException.Unless(
            ListingJson.TryDecodeAnswers(ListingJson.EncodeAnswers(listings, int.MaxValue), _limits, Most, out var again)
            && again.Select(listing => listing.Id).SequenceEqual(listings.Select(listing => listing.Id), StringComparer.Ordinal), "it does not come back");
        return true;
    }
}
