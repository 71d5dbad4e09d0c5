namespace Betar.X402.Wire;

/// <summary>What is sold, as the seller describes it: foreign text, shown and never trusted.</summary>
public sealed record ResourceInfo
{
    public required string Url { get; init; }

    public string? Description { get; init; }

    public string? MimeType { get; init; }

    public string? ServiceName { get; init; }

    public string? IconUrl { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];
}
