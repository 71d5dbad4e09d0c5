using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Betar.Node.Errors;
using Betar.Sdk.Calls;
using Betar.Sdk.Selling;
using Betar.X402;

namespace Betar.Sdk.Testing;

/// <summary>Answers a client's operations from handlers in memory, with a node's codes.</summary>
internal sealed class MemoryCalls : INodeCalls
{
    private readonly BetarSellerBuilder _agents;
    private readonly AtomicAmount _budget;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Task<BetarResult<JsonElement>>> _purchases = new(StringComparer.Ordinal);

    public MemoryCalls(BetarSellerBuilder agents, string budgetUsdc)
    {
        _agents = agents;
        _budget = AtomicAmount.TryParseUsdc(budgetUsdc, out AtomicAmount budget) ? budget : throw new ArgumentException($"'{budgetUsdc}' is not an amount of USDC.", nameof(budgetUsdc));
    }

    public AtomicAmount Spent { get; private set; }

    public Task<BetarResult<JsonElement>> CallAsync(string operation, Action<Utf8JsonWriter> arguments, CancellationToken cancellationToken) =>
        StreamAsync(operation, arguments, null, cancellationToken);

    public Task<BetarResult<JsonElement>> StreamAsync(
        string operation, Action<Utf8JsonWriter> arguments, Func<string, ValueTask>? partial, CancellationToken cancellationToken)
    {
        JsonElement asked = Json(arguments);
        return operation switch
        {
            "market.search" => Task.FromResult<BetarResult<JsonElement>>(Search(asked)),
            "market.quote" => Task.FromResult<BetarResult<JsonElement>>(Find(asked) is { } agent ? Json(writer => Write(writer, agent)) : Unknown(asked)),
            "agents.execute" => _purchases.GetOrAdd(Text(asked, "purchaseId"), _ => ExecuteAsync(asked, partial, cancellationToken)),
            "purchases.show" => _purchases.GetValueOrDefault(Text(asked, "id")) ?? Task.FromResult<BetarResult<JsonElement>>(Refused(ErrorCatalog.UnknownOrder, "Nothing was bought under this id")),
            _ => throw new NotSupportedException($"A test host has no operation {operation}."),
        };
    }

    public void Dispose()
    {
    }

    private JsonElement Search(JsonElement asked)
    {
        string[] words = Text(asked, "text").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Json(
            writer =>
            {
                foreach (SoldAgent agent in _agents.Agents.Where(agent => words.All(word => $"{agent.Name} {agent.Options.Description}".Contains(word, StringComparison.OrdinalIgnoreCase))))
                {
                    writer.WriteStartObject();
                    Write(writer, agent);
                    writer.WriteEndObject();
                }
            },
            isList: true);
    }

    private async Task<BetarResult<JsonElement>> ExecuteAsync(JsonElement asked, Func<string, ValueTask>? partial, CancellationToken cancellationToken)
    {
        if (Find(asked) is not { } agent)
            return Unknown(asked);
        if (AtomicAmount.TryParseUsdc(Text(asked, "max"), out AtomicAmount most) && agent.Price > most)
            return Refused(ErrorCatalog.OfferRefused, $"{agent.Name} costs more than {Text(asked, "max")} USDC");
        if (!Take(agent.Price))
            return Refused(ErrorCatalog.BudgetPerDay, "The budget of the test host is spent");
        AgentAnswer answer;
        try
        {
            answer = await agent.Handler(new AgentWork { Input = Text(asked, "task"), Caller = "test", Partial = partial }, cancellationToken);
        }
        catch
        {
            GiveBack(agent.Price);
            throw;
        }

        if (answer.IsFailure)
            GiveBack(agent.Price);
        return answer.IsFailure
            ? Refused(ErrorCatalog.ExecutionFailed, answer.Text)
            : Json(writer =>
            {
                writer.WriteString("output", answer.Text);
                writer.WriteString("purchaseId", Text(asked, "purchaseId"));
                writer.WriteString("stage", "Delivered");
                writer.WriteString("amount", agent.Price.ToString());
            });
    }

    private bool Take(AtomicAmount price)
    {
        lock (_gate)
        {
            if (Spent + price > _budget)
                return false;
            Spent += price;
            return true;
        }
    }

    private void GiveBack(AtomicAmount price)
    {
        lock (_gate)
            Spent -= price;
    }

    private SoldAgent? Find(JsonElement asked) => _agents.Agents.FirstOrDefault(agent => agent.Name == Text(asked, "agentId"));

    private static void Write(Utf8JsonWriter writer, SoldAgent agent)
    {
        writer.WriteString("id", agent.Name);
        writer.WriteString("name", agent.Name);
        writer.WriteString("description", agent.Options.Description);
        writer.WriteString("priceAtomic", agent.Price.ToString());
        writer.WriteString("sellerId", "test");
        writer.WriteString("trust", "own");
    }

    private static BetarRefusal Unknown(JsonElement asked) => Refused(ErrorCatalog.UnknownAgent, $"Nobody lists an agent {Text(asked, "agentId")}");

    private static BetarRefusal Refused(ErrorEntry error, string message) => new(error.Code, message, error.Remedy);

    private static JsonElement Json(Action<Utf8JsonWriter> write, bool isList = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (isList)
                writer.WriteStartArray();
            else
                writer.WriteStartObject();
            write(writer);
            if (isList)
                writer.WriteEndArray();
            else
                writer.WriteEndObject();
        }

        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
