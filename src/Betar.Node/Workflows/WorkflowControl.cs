using System.Text.Json;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Abstractions.Workflows;
using Betar.Grains.Workflows;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Trading;
using Betar.Storage.Workflows;
using Betar.X402;
using Orleans;

namespace Betar.Node.Workflows;

/// <summary>What a running node answers about workflows.</summary>
internal sealed class WorkflowControl(IGrainFactory grains, IWorkflowTable table, WorkflowOptions options)
{
    public const string Create = "workflows.create";
    public const string RunFile = "workflows.run-file";
    public const string Show = "workflows.show";
    public const string List = "workflows.list";
    public const string Cancel = "workflows.cancel";

    public const int MostListed = 200;
    private const int UsuallyListed = 50;
    private const int LongestId = 64;

    public IReadOnlyDictionary<string, ControlHandler> Handlers => new Dictionary<string, ControlHandler>(StringComparer.Ordinal)
    {
        [Create] = CreateAsync,
        [RunFile] = RunFileAsync,
        [Show] = ShowAsync,
        [List] = ListAsync,
        [Cancel] = CancelAsync,
    };

    /// <summary>The original's list of agents, or a definition.</summary>
    private Task<ControlAnswer> CreateAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        string? input = TradingArguments.TextOrNull(arguments, "input");
        return arguments.TryGetProperty("definition", out JsonElement definition)
            ? OrderAsync(arguments, WorkflowFile.Parse(definition.GetRawText(), "definition", input, options))
            : OrderAsync(arguments, ReadChain(arguments, input ?? ""));
    }

    private Task<ControlAnswer> RunFileAsync(JsonElement arguments, CancellationToken cancellationToken) => OrderAsync(arguments, WorkflowFile.Parse(
        ControlArguments.Text(arguments, "text"), TradingArguments.TextOrNull(arguments, "name") ?? "workflow", TradingArguments.TextOrNull(arguments, "input"), options));

    private async Task<ControlAnswer> OrderAsync(JsonElement arguments, Checked<WorkflowDefinition> read)
    {
        if (!read.IsOk)
            return ControlAnswer.Refused(read.Refusal);
        Checked<AtomicAmount?> budget = TradingArguments.Usdc(arguments, "budget");
        if (!budget.IsOk)
            return ControlAnswer.Refused(budget.Refusal);
        string id = TradingArguments.TextOrNull(arguments, "id") ?? Guid.NewGuid().ToString();
        if (id.Length is 0 or > LongestId)
            return ControlAnswer.Refused(ErrorCatalog.BadOptionValue.Refuse($"A workflow's id has 1 to {LongestId} characters"));
        WorkflowDefinition definition = read.Value;
        if (budget.Value is { } most)
            definition = definition with { Root = definition.Root with { BudgetAtomic = most.ToString() } };
        if (TradingArguments.TextOrNull(arguments, "mandate") is { } mandate)
            definition = definition with { MandateId = mandate };
        if (ControlArguments.Flag(arguments, "acceptUnverified"))
            definition = definition with { AcceptUnverified = true };
        return Answer(await grains.GetGrain<IWorkflowGrain>(id).Create(definition));
    }

    private async Task<ControlAnswer> ShowAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        string id = ControlArguments.Text(arguments, "id");

        // The table first: an id that somebody made up must not bring a grain to life.
        return await table.FindAsync(id, cancellationToken) is not null && await grains.GetGrain<IWorkflowGrain>(id).Get() is { } workflow
            ? ControlAnswer.Json(writer => WorkflowJson.Write(writer, workflow))
            : Unknown(id);
    }

    private async Task<ControlAnswer> ListAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        int limit = TradingArguments.NumberOrNull(arguments, "limit") ?? UsuallyListed;
        if (limit is < 1 or > MostListed)
            return ControlAnswer.Refused(ErrorCatalog.BadOptionValue.Refuse($"limit is not within 1 to {MostListed}"));
        IReadOnlyList<WorkflowRow> rows = await table.ListAsync(limit, TradingArguments.TextOrNull(arguments, "before"), cancellationToken);
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (WorkflowRow row in rows)
                WorkflowJson.Write(writer, StoredWorkflow.Read(row.State));
            writer.WriteEndArray();
        });
    }

    private async Task<ControlAnswer> CancelAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        string id = ControlArguments.Text(arguments, "id");
        return await table.FindAsync(id, cancellationToken) is null ? Unknown(id) : Answer(await grains.GetGrain<IWorkflowGrain>(id).Cancel());
    }

    private static Checked<WorkflowDefinition> ReadChain(JsonElement arguments, string input)
    {
        if (!arguments.TryGetProperty("agentIds", out JsonElement list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0 || input.Length == 0
            || list.EnumerateArray().Any(agent => agent.ValueKind != JsonValueKind.String || agent.GetString()!.Length == 0))
        {
            return ErrorCatalog.WorkflowInvalid.Refuse("A workflow has agentIds, a list of agents, and an input", "name at least one agent, and say what it begins with");
        }

        return WorkflowDefinition.Chain(list.EnumerateArray().Select(agent => agent.GetString()!), input);
    }

    private static ControlAnswer Answer(Outcome<WorkflowView> outcome) => outcome.IsOk
        ? ControlAnswer.Json(writer => WorkflowJson.Write(writer, outcome.Value))
        : ControlAnswer.Refused(Refusals.Of(outcome.Refusal));

    private static ControlAnswer Unknown(string id) => ControlAnswer.Refused(ErrorCatalog.UnknownWorkflow.Refuse($"There is no workflow {VisibleText.Of(id)}"));
}
