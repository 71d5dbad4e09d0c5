using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Search;

/// <summary>The words by which a listing is found. Tags and networks are words of their own kind, which no text contains.</summary>
internal static class SearchTerms
{
    /// <summary>Words that a listing is found by; what comes after them is not searched.</summary>
    public const int MaxPerListing = 64;

    private const int MaxLength = 32;
    private const int MaxTagLength = 64;

    public static HashSet<string> Of(MarketListing listing)
    {
        HashSet<string> terms = new(StringComparer.Ordinal);
        if (listing.Network is { } network)
            terms.Add(Network(network));
        foreach (var skill in listing.Skills)
        {
            Add(terms, Tag(skill.Id));
            foreach (var tag in skill.Tags)
                Add(terms, Tag(tag));
        }

        AddWords(terms, listing.Name);
        foreach (var skill in listing.Skills)
        {
            AddWords(terms, skill.Name);
            AddWords(terms, skill.Id);
            foreach (var tag in skill.Tags)
                AddWords(terms, tag);
        }

        AddWords(terms, listing.Description);
        foreach (var skill in listing.Skills)
            AddWords(terms, skill.Description);
        return terms;
    }

    public static HashSet<string> Of(SearchQuery query)
    {
        HashSet<string> terms = new(StringComparer.Ordinal);
        AddWords(terms, query.Text);
        foreach (var tag in query.Tags)
            terms.Add(Tag(tag));
        if (query.Network is { } network)
            terms.Add(Network(network));
        return terms;
    }

    private static string Tag(string tag) => "#" + Bounded(tag.Trim().ToLowerInvariant(), MaxTagLength);

    private static string Network(string network) => "@" + Bounded(network.ToLowerInvariant(), MaxTagLength);

    private static string Bounded(string text, int most) => text.Length <= most ? text : text[..most];

    private static void Add(HashSet<string> terms, string term)
    {
        if (terms.Count < MaxPerListing)
            terms.Add(term);
    }

    private static void AddWords(HashSet<string> terms, string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length && terms.Count < MaxPerListing; i++)
        {
            if (i < text.Length && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i])))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                terms.Add(Bounded(text[start..i], MaxLength).ToLowerInvariant());
                start = -1;
            }
        }
    }
}
