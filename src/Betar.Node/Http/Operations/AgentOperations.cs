using System.Text.Json;
using Betar.Agents.Configuration;
using Betar.Agents.Llm;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Results;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Http.V1;
using Betar.X402;

namespace Betar.Node.Http.Operations;

/// <summary>
/// Agents that come and go while the node runs. Who declares one from outside brings what it needs: no key of the node is ever given to an
/// address that somebody else named, no program is started, no private network is reached.
/// </summary>
internal sealed class AgentOperations(SellerNode node)
{
    public const string Register = "agents.register";
    public const string Retire = "agents.retire";
    private const string Llm = "llm";

    /// <summary>Fields of the original that name a key in clear text.</summary>
    private static readonly string[] s_keys = ["apiKey", "openAIApiKey", "api_key", "openai_api_key"];

    public static IReadOnlyList<ApiField> Fields { get; } =
    [
        new("name", FieldKind.Text, "Unique in the fleet.") { IsRequired = true },
        new("description", FieldKind.Text, "For buyers."),
        new("price", FieldKind.Text, "Of one task, in USDC; nothing: free."),
        new("executor", FieldKind.Object, "What does the work: { kind, target, config }, as in agents.yaml; nothing: the node's own model. No programs, no references to secrets."),
        new("provider", FieldKind.Text, "Of the node's own models: openai or google; nothing: the node's."),
        new("model", FieldKind.Text, "Of the node's own models; nothing: the node's."),
        new("timeoutSeconds", FieldKind.Whole, "Longest that one task may take."),
    ];

    public Dictionary<string, ControlHandler> Handlers => new(StringComparer.Ordinal) { [Register] = RegisterAsync, [Retire] = RetireAsync };

    private async Task<ControlAnswer> RegisterAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        Checked<AgentSpec> spec = Read(arguments);
        if (!spec.IsOk)
            return ControlAnswer.Refused(spec.Refusal);
        Outcome<AgentSpec> declared = await node.Grains.GetGrain<IFleetGrain>(IFleetGrain.Key).Declare(spec.Value);
        if (!declared.IsOk)
            return ControlAnswer.Refused(Refusals.Of(declared.Refusal));
        return ControlAnswer.Json(writer => AgentJson.Write(writer, node.Identity.PeerId, declared.Value, node.Context.Time.GetUtcNow()));
    }

    private async Task<ControlAnswer> RetireAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        string named = ControlArguments.Text(arguments, "agentId");
        string id = named.StartsWith(node.Identity.PeerId + "/", StringComparison.Ordinal) ? named[(node.Identity.PeerId.Length + 1)..] : named;
        return await node.Grains.GetGrain<IFleetGrain>(IFleetGrain.Key).Retire(id)
            ? ControlAnswer.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("retired", id);
                writer.WriteEndObject();
            })
            : ControlAnswer.Refused(ErrorCatalog.UnknownAgent.Refuse($"This node has no agent {VisibleText.Of(named)}"));
    }

    private LlmDefaults Models => node.Options.Source?.Models.ToLlm() ?? new LlmDefaults();

    private Checked<AgentSpec> Read(JsonElement arguments)
    {
        if (Text(arguments, "name") is not { Length: > 0 } name)
            return ErrorCatalog.AgentSpecInvalid.Refuse("The agent has no name");
        if (s_keys.Any(key => Text(arguments, key) is { Length: > 0 }))
            return ErrorCatalog.AgentSpecInvalid.Refuse("Keys are not sent over HTTP", "declare the agent in agents.yaml with a reference to its key");
        if (Find(arguments, "onChain") is { ValueKind: JsonValueKind.True })
            return ErrorCatalog.NoRegistration.Refuse("\"onChain\" asks for a registration on a chain");
        if (!TryPrice(arguments, out AtomicAmount price))
            return ErrorCatalog.BadPrice.Refuse("The price is no amount of USDC with at most 6 digits after the point");
        Checked<(string Kind, string Target, string Config)> executor = ReadExecutor(arguments);
        if (!executor.IsOk)
            return executor.Refusal;
        if (node.Offers.TryGet(node.Identity.AgentId(name), out _))
            return ErrorCatalog.AgentSpecInvalid.Refuse($"There is an agent {VisibleText.Of(name)} already", "retire it first, or choose another name");
        return new AgentSpec
        {
            AgentId = node.Identity.AgentId(name),
            Name = name,
            Description = Text(arguments, "description") ?? "",
            PriceAtomic = price.ToString(),
            PayTo = Address.FromKey(node.Keys.Payee).ToString(),
            ExecutorKind = executor.Value.Kind,
            ExecutorTarget = executor.Value.Target,
            ExecutorConfig = executor.Value.Config,
            IsKept = true,
            TimeoutSeconds = Find(arguments, "timeoutSeconds") is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetInt32(out int number) ? number : 0,
        };
    }

    /// <summary>Ours, or what the fields of the original mean: a model at an address that stands on its own, or the node's own where none is named.</summary>
    private Checked<(string, string, string)> ReadExecutor(JsonElement arguments)
    {
        string kind = Llm, target = "", config = "{}";
        if (Find(arguments, "executor") is { ValueKind: JsonValueKind.Object } executor)
        {
            (kind, target) = (Text(executor, "kind") ?? "", Text(executor, "target") ?? "");
            config = Find(executor, "config") is { ValueKind: JsonValueKind.Object } settings ? settings.GetRawText() : config;
        }
        else if (Text(arguments, "openAIBaseUrl") is { Length: > 0 } address)
        {
            config = JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["provider"] = "openai", ["baseUrl"] = address, ["model"] = Text(arguments, "model") is { Length: > 0 } model ? model : "default",
            });
        }
        else if (Models.HasModel)
        {
            config = JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["provider"] = (Text(arguments, "provider") ?? "").Trim().ToLowerInvariant(), ["model"] = Text(arguments, "model") ?? "",
            });
        }
        else
        {
            return ErrorCatalog.NoModel.Refuse("The agent has neither an executor nor the address of a model, and the node has no model of its own");
        }

        using JsonDocument document = JsonDocument.Parse(config);
        IReadOnlyList<ExecutorFault> faults = ExecutorSettings.CheckForeign(kind, document.RootElement);
        return faults.Count == 0 ? (kind, target, config)
            : ErrorCatalog.AgentSpecInvalid.Refuse(VisibleText.Of(string.Join("; ", faults.Select(fault => $"{fault.Path}: {fault.Message.TrimEnd('.')}"))));
    }

    private static bool TryPrice(JsonElement arguments, out AtomicAmount price)
    {
        price = default;
        return Find(arguments, "price") switch
        {
            null => true,
            { ValueKind: JsonValueKind.Number } number => AtomicAmount.TryParseUsdc(number.GetRawText(), out price),
            { ValueKind: JsonValueKind.String } text => AtomicAmount.TryParseUsdc(text.GetString()!, out price),
            _ => false,
        };
    }

    private static string? Text(JsonElement arguments, string name) => Find(arguments, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Names in any letter case, as the original took them.</summary>
    private static JsonElement? Find(JsonElement arguments, string name)
    {
        foreach (JsonProperty property in arguments.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }
}
