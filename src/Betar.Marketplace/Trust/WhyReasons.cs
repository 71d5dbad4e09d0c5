namespace Betar.Marketplace.Trust;

/// <summary>Says in words what was judged.</summary>
internal static class WhyReasons
{
    public static IReadOnlyList<string> Of(ListingEntry entry, in Judgement judged, DateTimeOffset now)
    {
        List<string> reasons = [];
        if (entry.Record?.Record is { } record)
        {
            reasons.Add(record.Withdrawn ? "The seller has taken it back, and signed that."
                : entry.IsOwn ? "This node sells it."
                : record.ExpiresAt <= now ? "The seller's signature holds, but what it signed has expired."
                : "The seller's signature holds, and no newer version is known.");
        }
        else if (entry.Word is { } word)
        {
            reasons.Add(word.Listing is null ? "The seller has taken it back." : $"It is not signed; the seller itself said so ({Said(word.Source)}).");
            if (judged.Trust == TrustLevel.Expired)
                reasons.Add("The seller has not been heard for too long.");
        }
        else
        {
            reasons.Add(entry.Raw is null ? "Nobody lists it." : "It is not signed, and the seller itself has not been heard: anybody may have written it.");
            if (judged.Trust == TrustLevel.Expired && entry.Raw is not null)
                reasons.Add("Nobody has spoken of it for too long.");
        }

        if (judged.Contested)
        {
            reasons.Add(entry.Raw is null
                ? "Somebody else deleted it from the replicated set; that counts for nothing here."
                : "Somebody else wrote something different into the replicated set; what the seller said is shown.");
        }

        return reasons;
    }

    private static string Said(WordSource source) => source switch
    {
        WordSource.Info => "it answered when it was asked",
        WordSource.Announcement => "it announced it",
        _ => "it was the first to broadcast it",
    };
}
