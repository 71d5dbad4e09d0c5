using System.Text.Json;
using System.Text.RegularExpressions;

namespace Betar.Node.Configuration.Editing;

/// <summary>Writes a value so that YAML reads it back as the same text: plain where that is safe, quoted otherwise.</summary>
internal static partial class YamlScalarText
{
    private static readonly string[] Words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string value) =>
        (Plain().IsMatch(value) && !Words.Contains(value.ToLowerInvariant())) || Amount().IsMatch(value) || value is "true" or "false"
            ? value
            : JsonSerializer.Serialize(value, Readable);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_.-]*( [A-Za-z0-9_.-]+)*$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(0|[1-9][0-9]*)(\.[0-9]+)?$")]
    private static partial Regex Amount();
}
