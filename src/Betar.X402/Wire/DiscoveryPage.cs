namespace Betar.X402.Wire;

/// <summary>A part of the catalogue.</summary>
public sealed record DiscoveryPage(IReadOnlyList<DiscoveredResource> Items, int Limit, int Offset, int Total);
