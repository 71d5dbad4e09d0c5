namespace Betar.X402.Http.Facilitating;

/// <summary>What is looked for; null is anything.</summary>
public sealed record CatalogQuery(string? Type, string? PayTo, string? Scheme, string? Network, int Limit, int Offset);
