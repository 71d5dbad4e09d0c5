namespace Betar.Sdk.Selling;

/// <summary>The seller of this program, once its host has started.</summary>
public sealed class BetarSeller
{
    /// <summary>By whom peers know it.</summary>
    public string PeerId { get; internal set; } = "";

    /// <summary>Where peers reach it, its peer id included.</summary>
    public IReadOnlyList<string> Addresses { get; internal set; } = [];

    /// <summary>The ids of its agents, by name.</summary>
    public IReadOnlyDictionary<string, string> Agents { get; internal set; } = new Dictionary<string, string>();
}
