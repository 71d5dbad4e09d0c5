using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Betar.Agents.Tests.Support;

/// <summary>A language model that says what the test wrote down, and remembers what it was asked.</summary>
internal sealed class ScriptedModel(params Func<ChatResponse>[] answers) : IChatClient
{
    public List<(List<ChatMessage> Messages, ChatOptions? Options)> Asked { get; } = [];

    public static ChatResponse Says(string text, long input = 10, long output = 5, ChatFinishReason? reason = null) =>
        new(new ChatMessage(ChatRole.Assistant, text)) { Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output }, FinishReason = reason ?? ChatFinishReason.Stop };

    public static ChatResponse Calls(string tool, params (string Name, object? Value)[] arguments) => new(new ChatMessage(
        ChatRole.Assistant, [new FunctionCallContent("call-1", tool, arguments.ToDictionary(pair => pair.Name, pair => pair.Value))]));

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add(([.. messages], options));
        return Task.FromResult(answers[Math.Min(Asked.Count - 1, answers.Length - 1)]());
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
