using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Betar.X402.Extensions;

/// <summary>The extension "payment-identifier": the buyer names its purchase, and one name is one payment.</summary>
public static class PaymentIdentifier
{
    public const string Id = "payment-identifier";
    public const int MinLength = 16;
    public const int MaxLength = 128;

    private const string Schema = """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"required":{"type":"boolean"},"id":{"type":"string","minLength":16,"maxLength":128,"pattern":"^[a-zA-Z0-9_-]+$"}},"required":["required"]}
        """;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private static readonly JsonElement Optional = Declare(false);
    private static readonly JsonElement Required = Declare(true);

    /// <summary>For a demand's extensions.</summary>
    public static JsonElement Declaration(bool required) => required ? Required : Optional;

    public static bool IsValid(string id) => id.Length is >= MinLength and <= MaxLength && !id.AsSpan().ContainsAnyExcept(Alphabet);

    /// <summary>False when there is something in its place that is no name; a name that is not there is null.</summary>
    public static bool TryRead(JsonElement? extensions, out string? id)
    {
        id = null;
        if (extensions is not { ValueKind: JsonValueKind.Object } found || !found.TryGetProperty(Id, out var extension)
            || extension.ValueKind != JsonValueKind.Object || !extension.TryGetProperty("info", out var info)
            || info.ValueKind != JsonValueKind.Object || !info.TryGetProperty("id", out var named))
        {
            return true;
        }

        if (named.ValueKind != JsonValueKind.String || !IsValid(named.GetString()!))
        {
            return false;
        }

        id = named.GetString();
        return true;
    }

    /// <summary>A buyer's copy of the extensions, with a name for its intent where the seller wants one.</summary>
    public static JsonElement? Answer(JsonElement? extensions, string intent)
    {
        if (extensions is not { ValueKind: JsonValueKind.Object } found || !found.TryGetProperty(Id, out var extension)
            || extension.ValueKind != JsonValueKind.Object || !extension.TryGetProperty("info", out var info) || info.ValueKind != JsonValueKind.Object)
        {
            return extensions;
        }

        var copy = JsonNode.Parse(found.GetRawText())!;
        copy[Id]!["info"]!["id"] = "pay_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(intent)))[..40];
        return JsonDocument.Parse(copy.ToJsonString()).RootElement;
    }

    private static JsonElement Declare(bool required) =>
        JsonDocument.Parse($$$"""{"{{{Id}}}":{"info":{"required":{{{(required ? "true" : "false")}}}},"schema":{{{Schema}}}}}""").RootElement;
}
