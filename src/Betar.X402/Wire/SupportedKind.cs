using System.Text.Json;

namespace Betar.X402.Wire;

/// <summary>One combination that a facilitator takes.</summary>
public sealed record SupportedKind(int Version, string Scheme, string Network)
{
    public JsonElement? Extra { get; init; }
}
