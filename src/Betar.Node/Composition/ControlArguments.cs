using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Composition;

/// <summary>Reads the arguments of a control request.</summary>
internal static class ControlArguments
{
    public static string Text(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new CliRefusedException(ErrorCatalog.WrongUsage.Refuse($"The control request needs a text \"{name}\""));
}
