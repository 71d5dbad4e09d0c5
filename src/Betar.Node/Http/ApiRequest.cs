using System.Globalization;
using System.Text.Json;
using Betar.Node.Errors;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Http;

/// <summary>A request that came past the guards.</summary>
/// <param name="Context">The connection's own view of it.</param>
/// <param name="Values">What stands in the places of the path, decoded.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Body">A JSON object; empty when none was sent.</param>
internal sealed record ApiRequest(HttpContext Context, IReadOnlyDictionary<string, string> Values, ApiCaller Caller, JsonElement Body)
{
    /// <summary>Takes pieces of the answer as they come; null: nobody listens.</summary>
    public Func<string, ValueTask>? Partial { get; init; }

    public CancellationToken Aborted => Context.RequestAborted;

    public string this[string place] => Values[place];

    /// <summary>A parameter after the question mark; null when it is not there.</summary>
    public string? Query(string name) => Context.Request.Query[name] is { Count: > 0 } values && values[0] is { Length: > 0 } value ? value : null;

    /// <summary>Null when it is not there.</summary>
    public Checked<int?> Number(string name, int least, int most)
    {
        if (Query(name) is not { } text)
            return new Checked<int?>(null, null);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? new Checked<int?>(number, null)
            : ErrorCatalog.BadOptionValue.Refuse($"{name}={VisibleText.Of(text)} is not within {least} to {most}");
    }

    /// <summary>A text of the body, its name in any letter case; null when it is not there or no text.</summary>
    public string? Text(string name) => Field(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A field of the body, its name in any letter case; the last of several counts.</summary>
    public JsonElement? Field(string name)
    {
        JsonElement? found = null;
        foreach (JsonProperty property in Body.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                found = property.Value;
        }

        return found;
    }
}
