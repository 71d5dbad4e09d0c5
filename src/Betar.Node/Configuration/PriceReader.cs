using Betar.Grains.Abstractions.Agents;
using Betar.Node.Errors;
using Betar.X402;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration;

/// <summary>Reads what an agent costs: an amount for a task, or amounts for the tokens that it takes and the most in all.</summary>
internal static class PriceReader
{
    private const string Price = "price";
    private const string Units = "priceAtomic";
    private const string All = "perMillionTokens";
    private const string Input = "perMillionInputTokens";
    private const string Output = "perMillionOutputTokens";
    private const string Most = "max";

    public static readonly string[] TokenFields = [All, Input, Output, Most];

    /// <returns>What a task costs, or at most; and the price of tokens, null for none.</returns>
    public static (AtomicAmount Task, TokenPrice? Tokens) Read(YamlMap agent, FaultList faults)
    {
        if (agent.Node(Price) is { } price && agent.Node(Units) is { } units && !YamlMap.IsNull(price) && !YamlMap.IsNull(units))
        {
            faults.Add(ErrorCatalog.BadPrice, units, "price and priceAtomic exclude each other");
            return default;
        }

        if (agent.Node(Price) is YamlMappingNode tokens)
            return ReadTokens(tokens, faults);
        if (agent.Text(Price) is not null)
            return (Amount(agent, Price, faults), null);
        if (agent.Text(Units) is not { } text)
            return default;
        if (!AtomicAmount.TryParse(text, out var amount))
            faults.Add(ErrorCatalog.BadPrice, agent.Node(Units)!, $"priceAtomic \"{text}\" is not a whole number of units");
        return (amount, null);
    }

    /// <summary>USDC; zero when the field is absent, and when it is none, which is a fault.</summary>
    public static AtomicAmount Amount(YamlMap map, string field, FaultList faults)
    {
        if (map.Text(field) is not { } usdc)
            return AtomicAmount.Zero;
        if (!AtomicAmount.TryParseUsdc(usdc, out var amount))
            faults.Add(ErrorCatalog.BadPrice, map.Node(field)!, $"{field} \"{usdc}\" is not an amount of USDC with at most {AtomicAmount.UsdcDecimals} digits after the point");
        return amount;
    }

    private static (AtomicAmount Task, TokenPrice? Tokens) ReadTokens(YamlMappingNode node, FaultList faults)
    {
        var before = faults.Count;
        if (YamlMap.From(node, Price, TokenFields, faults) is not { } map)
            return default;
        var (all, input, output) = (OfMillion(map, All, faults), OfMillion(map, Input, faults), OfMillion(map, Output, faults));
        var most = Amount(map, Most, faults);
        if (map.Node(All) is { } whole && (map.Node(Input) ?? map.Node(Output)) is not null)
            faults.Add(ErrorCatalog.BadPrice, whole, $"{All} is for all tokens, and excludes {Input} and {Output}");
        if (faults.Count == before && all + input + output == 0)
            faults.Add(ErrorCatalog.BadPrice, node, $"a price by tokens says {All}, or {Input} and {Output}; an agent that is free has no price");
        if (faults.Count == before && most.IsZero)
            faults.Add(ErrorCatalog.BadPrice, map.Node(Most) ?? node, $"a price by tokens says {Most}, the most that a task costs: it is what buyers sign for");
        return faults.Count == before ? (most, new TokenPrice(all + input, all + output)) : default;
    }

    private static ulong OfMillion(YamlMap map, string field, FaultList faults)
    {
        var amount = Amount(map, field, faults);
        if (amount <= TokenPrice.Most)
            return (ulong)amount.Units;
        faults.Add(ErrorCatalog.BadPrice, map.Node(field)!, $"{field} is at most {((AtomicAmount)TokenPrice.Most).ToUsdc()}");
        return 0;
    }
}
