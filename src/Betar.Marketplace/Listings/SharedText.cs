namespace Betar.Marketplace.Listings;

/// <summary>
/// Texts that many listings have in common, such as their seller and its addresses, once in memory instead of once for each. Bounded: of two texts
/// that fall on one place the later one stays. Any thread may ask; what two of them write at once costs a copy and nothing else.
/// </summary>
internal static class SharedText
{
    private const int Places = 4_096;
    private const int MaxLength = 128;
    private const int MaxItems = 8;

    private static readonly string?[] s_texts = new string?[Places];
    private static readonly string[]?[] s_lists = new string[]?[Places];

    public static string Of(string text)
    {
        if (text.Length is 0 or > MaxLength)
            return text;
        ref var place = ref s_texts[(uint)string.GetHashCode(text) % Places];
        return place is { } known && known == text ? known : place = text;
    }

    public static IReadOnlyList<string> Of(List<string> texts)
    {
        if (texts.Count == 0)
            return [];
        if (texts.Count > MaxItems)
            return [.. texts.Select(Of)];
        var hash = default(HashCode);
        foreach (var text in texts)
            hash.Add(text.GetHashCode(StringComparison.Ordinal));
        ref var place = ref s_lists[(uint)hash.ToHashCode() % Places];
        return place is { } known && known.AsSpan().SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(texts)) ? known : place = [.. texts.Select(Of)];
    }
}
