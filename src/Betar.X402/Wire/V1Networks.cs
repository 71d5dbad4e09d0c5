using System.Collections.Frozen;

namespace Betar.X402.Wire;

/// <summary>Version 1 names chains; version 2 counts them.</summary>
public static class V1Networks
{
    private static readonly FrozenDictionary<string, ulong> Ids = new Dictionary<string, ulong>
    {
        ["base"] = 8453,
        ["base-sepolia"] = 84532,
        ["ethereum"] = 1,
        ["sepolia"] = 11155111,
        ["avalanche"] = 43114,
        ["avalanche-fuji"] = 43113,
        ["polygon"] = 137,
        ["polygon-amoy"] = 80002,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<ulong, string> Names = Ids.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The name as CAIP-2; text that is no name stays what it is.</summary>
    public static string ToCaip2(string name) => Ids.TryGetValue(name, out var id) ? new NetworkId(id).ToString() : name;

    /// <summary>The chain's name of version 1; text without one stays what it is.</summary>
    public static string FromCaip2(string network) =>
        NetworkId.TryParse(network, out var id) && Names.TryGetValue(id.ChainId, out var name) ? name : network;

    public static bool Has(NetworkId network) => Names.ContainsKey(network.ChainId);
}
