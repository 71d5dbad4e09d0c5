using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Composition;

/// <summary>Reads the arguments of a control request.</summary>
internal static class ControlArguments
{
    /// <summary>What is absent is off.</summary>
    public static bool Flag(JsonElement arguments, string name) =>
        arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    public static string Text(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new CliRefusedException(ErrorCatalog.WrongUsage.Refuse($"The control request needs a text \"{name}\""));

    /// <summary>What is absent is the default.</summary>
    public static string TextOr(JsonElement arguments, string name, string absent) =>
        !arguments.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? absent : Text(arguments, name);

    /// <summary>A whole number within bounds; what is absent is the default.</summary>
    public static long Number(JsonElement arguments, string name, long least, long most, long absent)
    {
        if (!arguments.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return absent;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= least && number <= most
            ? number
            : throw new CliRefusedException(ErrorCatalog.BadOptionValue.Refuse($"\"{name}\" is not a whole number from {least} to {most}"));
    }
}
