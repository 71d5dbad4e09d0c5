using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Betar.Marketplace.Replication.Wire;

/// <summary>The key of a listing: <c>/agents/</c> and its id in base64url without padding.</summary>
public static class AgentKey
{
    public const string Prefix = "/agents/";

    public static string For(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return Prefix + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));
    }

    /// <summary>False unless the key is the one that <see cref="For"/> makes of some id.</summary>
    public static bool TryParse(string key, [NotNullWhen(true)] out string? id)
    {
        id = null;
        if (!key.StartsWith(Prefix, StringComparison.Ordinal) || key.Length == Prefix.Length || !Base64Url.IsValid(key.AsSpan(Prefix.Length)))
            return false;
        var bytes = Base64Url.DecodeFromChars(key.AsSpan(Prefix.Length));
        if (!Utf8.IsValid(bytes))
            return false;
        var text = Encoding.UTF8.GetString(bytes);
        id = text.Length > 0 && For(text) == key ? text : null;
        return id is not null;
    }
}
