using System.Text.Json;

namespace Betar.X402.Wire;

/// <summary>One entry of a facilitator's catalogue. All of its texts are a stranger's.</summary>
public sealed record DiscoveredResource
{
    public required ResourceInfo Resource { get; init; }

    /// <summary>"http" or "mcp".</summary>
    public required string Type { get; init; }

    public int Version { get; init; } = WireVersions.Current;

    public required IReadOnlyList<Requirement> Accepts { get; init; }

    public required DateTimeOffset LastUpdated { get; init; }

    public JsonElement? Extensions { get; init; }
}
