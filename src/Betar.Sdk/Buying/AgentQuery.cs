namespace Betar.Sdk.Buying;

/// <summary>What is looked for; what is left out does not matter.</summary>
public sealed record AgentQuery
{
    /// <summary>Words that all occur in name, description or skills.</summary>
    public string Text { get; init; } = "";

    /// <summary>Tags or ids of skills that are all there.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The most that one task may cost, in USDC, such as "0.01".</summary>
    public string? MaxPriceUsdc { get; init; }

    /// <summary>How many at most. Range 1 to 500; default 50.</summary>
    public int Limit { get; init; } = 50;
}
