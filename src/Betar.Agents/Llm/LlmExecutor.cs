using System.Text.Json;
using Betar.Agents.Limits;
using Betar.Agents.Schemas;
using Microsoft.Extensions.AI;

namespace Betar.Agents.Llm;

/// <summary>Lets a language model do the work, step by step when it uses tools. The caller's text is a user's message and nothing else.</summary>
internal sealed class LlmExecutor(LlmSettings settings, string description, IReadOnlyList<ModelRoute> routes, ToolBox toolBox) : IExecutor, IAsyncDisposable
{
    /// <summary>As the original says it.</summary>
    public const string DefaultSystem = "Process marketplace tasks and return concise outputs.";

    private readonly JsonSchema? _outputSchema = settings.OutputSchema is { } schema ? JsonSchema.Parse(schema.GetRawText(), out _) : null;

    /// <summary>Asking a model again does no harm, unless it had tools, which may have done something.</summary>
    public bool IsIdempotent => settings.Tools.Count == 0;

    public bool IsResting => routes.Count > 0 && routes.All(route => route.IsResting);

    public ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken) =>
        MeterAsync(meter => WorkAsync(request, meter, cancellationToken));

    /// <summary>The same models, with neither tools nor the agent's system prompt nor its output schema.</summary>
    public ValueTask<ExecutionOutcome> CondenseAsync(CondenseRequest request, CancellationToken cancellationToken) => MeterAsync(async meter =>
    {
        ChatResponse response = await AskAsync(SummaryMessages.Ask(request), Sampling(), new PieceListener(null), meter, cancellationToken);
        string text = SummaryMessages.Cut(response.Text.Trim(), request.MaxBytes);
        return response.FinishReason == ChatFinishReason.ContentFilter || text.Length == 0
            ? ExecutionOutcome.Failed(ExecutionCodes.ModelUnavailable, "The language model gave no summary.")
            : ExecutionOutcome.Ok(text);
    });

    public async ValueTask DisposeAsync()
    {
        foreach (ModelRoute route in routes)
            route.Dispose();
        await toolBox.DisposeAsync();
    }

    private async ValueTask<ExecutionOutcome> MeterAsync(Func<UsageMeter, ValueTask<ExecutionOutcome>> work)
    {
        if (routes.Count == 0)
            return ExecutionOutcome.Failed(ExecutionCodes.ModelUnavailable, "Neither the agent nor the node has a key or an address of a language model.");
        var meter = new UsageMeter();
        try
        {
            return await work(meter) with { Usage = meter.ToUsage() };
        }
        catch (CallFailedException failure)
        {
            return ExecutionOutcome.Failed(failure.Code, failure.Code == ExecutionCodes.ToolFailed ? failure.Message : $"The language model failed. {failure.Message}") with { Usage = meter.ToUsage() };
        }
    }

    private async ValueTask<ExecutionOutcome> WorkAsync(ExecutionRequest request, UsageMeter meter, CancellationToken cancellationToken)
    {
        List<ModelTool> tools = [.. await toolBox.OpenAsync(cancellationToken), .. request.Market is { } market ? MarketTools.Of(market) : []];
        List<ChatMessage> messages = Begin(request);
        ChatOptions options = Options(tools);
        var pieces = new PieceListener(request.Partial);
        for (int step = 0; step < settings.MaxSteps; step++)
        {
            ChatResponse response = await AskAsync(messages, options, pieces, meter, cancellationToken);
            if (meter.Tokens > settings.MaxTaskTokens)
                return ExecutionOutcome.Failed(ExecutionCodes.LimitReached, $"The task took more than {settings.MaxTaskTokens} tokens.");
            List<FunctionCallContent> calls = [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
            if (calls.Count == 0)
                return End(response);
            messages.AddRange(response.Messages);
            foreach (FunctionCallContent call in calls)
                messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, await CallAsync(tools, call, cancellationToken))]));
        }
        return ExecutionOutcome.Failed(ExecutionCodes.LimitReached, $"The task took more than {settings.MaxSteps} steps.");
    }

    private List<ChatMessage> Begin(ExecutionRequest request)
    {
        string system = settings.System.Length > 0 ? settings.System : description.Trim();
        List<ChatMessage> messages = [new(ChatRole.System, system.Length > 0 ? system : DefaultSystem)];
        if (request.Summary.Length > 0)
            messages.AddRange(SummaryMessages.Show(request.Summary));
        foreach (ConversationTurn turn in request.Memory)
        {
            messages.Add(new ChatMessage(ChatRole.User, turn.Input));
            messages.Add(new ChatMessage(ChatRole.Assistant, turn.Output));
        }
        messages.Add(new ChatMessage(ChatRole.User, request.Input));
        return messages;
    }

    private ChatOptions Options(List<ModelTool> tools)
    {
        ChatOptions options = Sampling();
        options.StopSequences = settings.Stop.Count > 0 ? [.. settings.Stop] : null;
        options.Tools = tools.Count > 0 ? [.. tools.Select(tool => AIFunctionFactory.CreateDeclaration(tool.Name, tool.Description, tool.Schema))] : null;
        options.ResponseFormat = settings.OutputSchema is { } schema ? ChatResponseFormat.ForJsonSchema(schema, "answer") : null;
        return options;
    }

    private ChatOptions Sampling() => new()
    {
        Temperature = (float?)settings.Temperature,
        TopP = (float?)settings.TopP,
        Seed = settings.Seed,
        MaxOutputTokens = settings.MaxOutputTokens,
    };

    /// <summary>One model after the other, unless pieces of an answer are out already.</summary>
    private async ValueTask<ChatResponse> AskAsync(
        List<ChatMessage> messages, ChatOptions options, PieceListener pieces, UsageMeter meter, CancellationToken cancellationToken)
    {
        for (int place = 0; ; place++)
        {
            ModelRoute route = routes[place];
            try
            {
                ChatResponse response = await route.AskAsync(messages, options, pieces, meter, cancellationToken);
                meter.Add(response, route.Endpoint);
                return response;
            }
            catch (CallFailedException) when (place + 1 < routes.Count && !pieces.HasTaken)
            {
                // The last one's failure is the one that is told.
            }
        }
    }

    private static async ValueTask<string> CallAsync(List<ModelTool> tools, FunctionCallContent call, CancellationToken cancellationToken)
    {
        if (tools.Find(tool => tool.Name == call.Name) is not { } tool)
            return "There is no such tool.";
        if (ToolArguments.ToElement(call.Arguments) is not { } arguments)
            return "The arguments are no JSON object.";
        string result = await tool.CallAsync(arguments, cancellationToken);
        return result.Length <= ToolBox.MaxResultLength ? result : result[..ToolBox.MaxResultLength] + " (cut here)";
    }

    private ExecutionOutcome End(ChatResponse response)
    {
        string text = response.Text.Trim();
        if (response.FinishReason == ChatFinishReason.Length)
            return ExecutionOutcome.Failed(ExecutionCodes.LimitReached, $"The answer has more than {settings.MaxOutputTokens} tokens.");
        if (response.FinishReason == ChatFinishReason.ContentFilter || text.Length == 0)
            return ExecutionOutcome.Failed(ExecutionCodes.ModelUnavailable, "The language model gave no answer.");
        if (_outputSchema is null)
            return ExecutionOutcome.Ok(text);
        using JsonDocument? document = JsonTexts.Parse(text);
        return document is not null && _outputSchema.Check(document.RootElement).Count == 0
            ? ExecutionOutcome.Ok(text)
            : ExecutionOutcome.Failed(ExecutionCodes.OutputInvalid, "The answer does not satisfy the agent's output schema.");
    }
}
