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
}
