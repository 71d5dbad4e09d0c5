using Betar.Agents.Configuration;
using Betar.Ethereum;
using Betar.Node.Errors;
using Betar.X402;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration;

/// <summary>Reads one agent of <c>agents.yaml</c>.</summary>
internal static class AgentReader
{
    private const int LongestName = 128;
    private const int MostRetries = 10;
    private const int MostConcurrency = 10_000;
    private const int MostQueue = 100_000;
    private const int LongestTimeout = 86_400;

    public static readonly string[] Fields =
    [
        "name", "description", "price", "priceAtomic", "payTo", "executor", "model", "provider", "api_key", "openai_api_key",
        "openai_base_url", "on_chain", "refundInterrupted", "retries", "concurrency", "queue", "timeout", "memory", "skills", "hire", "refund",
    ];

    public static readonly string[] HireFields = ["perTask", "perDay"];

    /// <summary>The agent, or null when it has no usable name; other faults are only noted.</summary>
    public static AgentDeclaration? Read(YamlNode node, FleetReading reading, FaultList faults)
    {
        if (YamlMap.From(node, "an agent", Fields, faults) is not { } map)
            return null;

        var name = ReadName(map, faults);
        var (price, tokens) = PriceReader.Read(map, faults);
        var payTo = ReadPayTo(map, faults);
        var (perTask, perDay) = ReadHire(map, faults);
        var agent = new AgentDeclaration
        {
            Name = name ?? "",
            Description = map.Text("description") ?? "",
            Price = price,
            TokenPrice = tokens,
            PayTo = payTo,
            Executor = new ExecutorDeclaration("", ""),
            Model = map.Text("model"),
            Provider = map.Text("provider"),
            ApiKey = ReadSecret(map, "api_key"),
            OpenAiApiKey = ReadSecret(map, "openai_api_key"),
            OpenAiBaseUrl = map.Text("openai_base_url"),
            OnChain = map.Flag("on_chain"),
            MayRetry = !map.Flag("refundInterrupted"),
            Retries = map.Count("retries", MostRetries),
            Concurrency = map.Count("concurrency", MostConcurrency, 1, 64),
            Queue = map.Count("queue", MostQueue, 0, 1024),
            TimeoutSeconds = map.Count("timeout", LongestTimeout),
            Memory = MemoryReader.Read(map, faults),
            Skills = SkillReader.Read(map, faults),
            HirePerTask = perTask,
            HirePerDay = perDay,
            KeepsFailed = ReadKeeps(map, faults),
            Line = (int)node.Start.Line,
        };
        agent = ExecutorReader.Read(map, agent, reading, faults) is { } executor ? agent with { Executor = executor } : agent;
        MemoryReader.Check(map, agent, faults);
        if (tokens is not null && agent.Executor.Kind is { Length: > 0 } kind && !ExecutorKinds.ReportsUsage(kind))
            faults.Add(ErrorCatalog.BadPrice, map.Node("price")!, $"a price per token needs an executor that says what it used, and {kind} does not");
        return name is null ? null : agent;
    }

    private static string? ReadName(YamlMap map, FaultList faults)
    {
        var name = map.Text("name");
        var fault = name switch
        {
            null or "" => "an agent needs a name",
            { Length: > LongestName } => $"the name has {name.Length} characters and may have {LongestName}",
            _ when name.Trim() != name => "the name begins or ends with a space",
            _ when name.Any(char.IsControl) => "the name has a control character",
            _ => null,
        };
        if (fault is null)
            return name;
        if (name is null && map.Node("name") is not (null or YamlScalarNode))
            return null;
        faults.Add(map.Node("name") ?? map.Place, fault);
        return null;
    }

    private static (AtomicAmount PerTask, AtomicAmount PerDay) ReadHire(YamlMap agent, FaultList faults)
    {
        if (agent.Node("hire") is not { } node || YamlMap.From(node, "hire", HireFields, faults) is not { } map)
            return default;
        var perTask = PriceReader.Amount(map, "perTask", faults);
        var perDay = PriceReader.Amount(map, "perDay", faults);
        if (perDay < perTask)
            faults.Add(node, "perDay is what is spent within a day, and cannot be less than perTask");
        return (perTask, perDay);
    }

    private static bool ReadKeeps(YamlMap map, FaultList faults)
    {
        var text = map.Text("refund");
        if (text is not (null or "refund" or "keep"))
            faults.Add(map.Node("refund")!, "refund is refund or keep: what happens to the payment of a task that failed");
        return text == "keep";
    }

    private static Address? ReadPayTo(YamlMap map, FaultList faults)
    {
        if (map.Text("payTo") is not { } text)
            return null;
        if (!Address.TryParse(text, out var address))
        {
            faults.Add(ErrorCatalog.BadAddress, map.Node("payTo")!,
                $"payTo \"{text}\" is not an address, or its upper and lower case letters are not its checksum");
            return null;
        }

        if (!address.IsZero)
            return address;
        faults.Add(ErrorCatalog.BadAddress, map.Node("payTo")!, "payTo is the zero address, from which nobody can spend");
        return null;
    }

    private static Secret? ReadSecret(YamlMap map, string name) => map.Text(name) is { Length: > 0 } text ? new Secret(text) : null;
}
