using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Betar.Marketplace.Listings;

/// <summary>Where a listing stands in the replicated set: <c>/agents/</c> and its id in base64url without padding.</summary>
public static class ListingKey
{
    public const string Prefix = "/agents/";

    public static string Of(string id) => Prefix + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));

    /// <summary>False unless the key is the one spelling of some id's key.</summary>
    public static bool TryParse(string key, [NotNullWhen(true)] out string? id)
    {
        id = null;
        if (!key.StartsWith(Prefix, StringComparison.Ordinal) || key.Length == Prefix.Length)
            return false;
        var text = key.AsSpan(Prefix.Length);
        if (!Base64Url.IsValid(text, out var length) || text.ContainsAny('=', ' ') || length == 0)
            return false;
        var bytes = Base64Url.DecodeFromChars(text);
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            return false;
        var decoded = Encoding.UTF8.GetString(bytes);
        id = Of(decoded) == key ? decoded : null;
        return id is not null;
    }
}
