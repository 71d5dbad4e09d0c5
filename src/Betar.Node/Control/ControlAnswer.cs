using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Control;

/// <summary>A control method's answer: JSON, or a refusal with its code.</summary>
public sealed class ControlAnswer
{
    private ControlAnswer(Action<Utf8JsonWriter>? write, CliRefusal? refusal)
    {
        Write = write;
        Refusal = refusal;
    }

    /// <summary>Writes exactly one JSON value; null when refused.</summary>
    public Action<Utf8JsonWriter>? Write { get; }

    public CliRefusal? Refusal { get; }

    public static ControlAnswer Json(Action<Utf8JsonWriter> write) => new(write, null);

    public static ControlAnswer Refused(CliRefusal refusal) => new(null, refusal);

    /// <summary>A refusal that arrived with only a code, from a grain or another node.</summary>
    public static ControlAnswer Refused(string code, string message) => ErrorCatalog.Find(code) is { } entry
        ? Refused(entry.Refuse(message))
        : Refused(ErrorCatalog.Unexpected.Refuse($"{code}: {message}"));
}
