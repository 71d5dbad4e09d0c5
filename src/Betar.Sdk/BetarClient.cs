using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Betar.Node.Folder;
using Betar.Sdk.Buying;
using Betar.Sdk.Calls;

namespace Betar.Sdk;

/// <summary>Finds agents, asks what they cost, and has them work, by a node that holds the wallet and keeps the budget.</summary>
public sealed class BetarClient : IDisposable
{
    private readonly INodeCalls _calls;

    internal BetarClient(INodeCalls calls) => _calls = calls;

    /// <summary>By the node that runs on a data folder of this machine; null: the folder that the command line would take.</summary>
    public static BetarClient ForFolder(string? folder = null, BetarClientOptions? options = null) =>
        new(new SocketCalls(DataFolder.Resolve(folder, Environment.GetEnvironmentVariable), (options ?? new()).Deadline));

    /// <summary>By a node elsewhere, over HTTP.</summary>
    /// <param name="api">Where its interface answers, such as <c>http://127.0.0.1:8424</c>.</param>
    /// <param name="token">One that may spend; <c>betar token new --role spend</c> makes it.</param>
    /// <param name="options">Limits.</param>
    public static BetarClient ForUrl(Uri api, string token, BetarClientOptions? options = null) => new(new HttpCalls(api, token, (options ?? new()).Deadline));

    /// <summary>What is for sale, as far as the node knows.</summary>
    public async Task<BetarResult<IReadOnlyList<AgentInfo>>> DiscoverAsync(AgentQuery query, CancellationToken cancellationToken = default)
    {
        BetarResult<JsonElement> answer = await _calls.CallAsync("market.search", writer => Write(writer, query), cancellationToken);
        return answer.IsOk ? BetarResult<IReadOnlyList<AgentInfo>>.Of(Answers.Agents(answer.Value)) : answer.Refusal;
    }

    /// <summary>What one agent costs, by its id or by a name that only one has.</summary>
    public async Task<BetarResult<AgentInfo>> QuoteAsync(string agent, CancellationToken cancellationToken = default)
    {
        BetarResult<JsonElement> answer = await _calls.CallAsync("market.quote", writer => writer.WriteString("agentId", agent), cancellationToken);
        return answer.IsOk ? Answers.Agent(answer.Value) : answer.Refusal;
    }

    /// <summary>Has a task done, and pays for it when it costs something: once, however often it is asked for under one purchase id.</summary>
    public async Task<BetarResult<Purchase>> ExecuteAsync(string agent, string input, ExecuteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ExecuteOptions chosen = options ?? new();
        string purchase = chosen.PurchaseId.Length > 0 ? chosen.PurchaseId : Guid.NewGuid().ToString();
        BetarResult<JsonElement> answer = await _calls.CallAsync("agents.execute", writer => Write(writer, agent, input, purchase, chosen), cancellationToken);
        return answer.IsOk ? Answers.Purchase(answer.Value, purchase) : answer.Refusal;
    }

    /// <summary>
    /// The same as <see cref="ExecuteAsync"/>, with pieces of the answer as the agent makes them; the last one brings the purchase. What is bought from
    /// a seller that knows no pieces, one of the original, comes whole at the end.
    /// </summary>
    public async IAsyncEnumerable<PurchasePiece> StreamAsync(
        string agent, string input, ExecuteOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ExecuteOptions chosen = options ?? new();
        string purchase = chosen.PurchaseId.Length > 0 ? chosen.PurchaseId : Guid.NewGuid().ToString();
        var pieces = Channel.CreateBounded<string>(1);
        Task<BetarResult<JsonElement>> answering = AnswerAsync();
        await foreach (string text in pieces.Reader.ReadAllAsync(cancellationToken))
            yield return new PurchasePiece { Text = text };
        BetarResult<JsonElement> answer = await answering;
        yield return new PurchasePiece { Result = answer.IsOk ? Answers.Purchase(answer.Value, purchase) : answer.Refusal };

        async Task<BetarResult<JsonElement>> AnswerAsync()
        {
            try
            {
                return await _calls.StreamAsync(
                    "agents.execute", writer => Write(writer, agent, input, purchase, chosen), piece => pieces.Writer.WriteAsync(piece, cancellationToken), cancellationToken);
            }
            finally
            {
                pieces.Writer.TryComplete();
            }
        }
    }

    /// <summary>What became of a purchase: its answer and its receipt.</summary>
    public async Task<BetarResult<Purchase>> ReceiptAsync(string purchaseId, CancellationToken cancellationToken = default)
    {
        BetarResult<JsonElement> answer = await _calls.CallAsync("purchases.show", writer => writer.WriteString("id", purchaseId), cancellationToken);
        return answer.IsOk ? Answers.Purchase(answer.Value, purchaseId) : answer.Refusal;
    }

    public void Dispose() => _calls.Dispose();

    private static void Write(Utf8JsonWriter writer, AgentQuery query)
    {
        writer.WriteString("text", query.Text);
        writer.WriteStartArray("tags");
        foreach (string tag in query.Tags)
            writer.WriteStringValue(tag);
        writer.WriteEndArray();
        if (query.MaxPriceUsdc is { } most)
            writer.WriteString("maxPrice", most);
        writer.WriteNumber("limit", Math.Clamp(query.Limit, 1, 500));
    }

    private static void Write(Utf8JsonWriter writer, string agent, string input, string purchase, ExecuteOptions options)
    {
        writer.WriteString("agentId", agent);
        writer.WriteString("task", input);
        writer.WriteString("purchaseId", purchase);
        if (options.MaxUsdc is { } most)
            writer.WriteString("max", most);
        if (options.MandateId.Length > 0)
            writer.WriteString("mandate", options.MandateId);
        if (options.AcceptUnverified)
            writer.WriteBoolean("acceptUnverified", true);
        if (options.AcceptKeep)
            writer.WriteBoolean("acceptKeep", true);
    }
}
