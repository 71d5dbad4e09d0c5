using System.Text.Json;

namespace Betar.Sdk.Calls;

/// <summary>Problem details: the stable code stands in "code", the sentence in "detail".</summary>
internal static class Problem
{
    /// <param name="problem">What was answered.</param>
    /// <param name="otherwise">What stands for the code where there is none.</param>
    public static BetarRefusal Read(JsonElement problem, string otherwise) =>
        new(Text(problem, "code") is { Length: > 0 } code ? code : otherwise, Text(problem, "detail"), Text(problem, "next"));

    private static string Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
