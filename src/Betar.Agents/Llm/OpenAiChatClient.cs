using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Betar.Agents.Http;
using Betar.Agents.Limits;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Betar.Agents.Llm;

/// <summary>Any endpoint that speaks OpenAI's language as an <see cref="IChatClient"/>. It makes one try; what fails is a <see cref="CallFailedException"/>.</summary>
internal sealed class OpenAiChatClient : IChatClient
{
    private readonly ChatClient _client;
    private readonly TimeProvider _time;

    public OpenAiChatClient(ModelEndpoint endpoint, HttpClient http, ExecutorTools tools)
    {
        _time = tools.Time;
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint.BaseUrl,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
#pragma warning disable OPENAI001 // The only way to give a key at the moment of a call, and to give none at all.
        _client = new ChatClient(endpoint.Model, new ModelKeyPolicy(endpoint, tools.Secrets), options);
#pragma warning restore OPENAI001
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            ClientResult<ChatCompletion> result = await _client.CompleteChatAsync(OpenAiRequests.Messages(messages), OpenAiRequests.Options(options), cancellationToken);
            return OpenAiAnswers.Read(result.Value);
        }
        catch (Exception fault) when (Translate(fault) is { } failure)
        {
            throw failure;
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var calls = new StreamedCalls();
        IAsyncEnumerator<StreamingChatCompletionUpdate> updates =
            _client.CompleteChatStreamingAsync(OpenAiRequests.Messages(messages), OpenAiRequests.Options(options), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (updates)
        {
            while (await NextAsync(updates) is { } update)
                yield return OpenAiAnswers.Read(update, calls);
        }
        if (calls.Any)
            yield return calls.ToUpdate();
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The HTTP client is the factory's.
    }

    private async ValueTask<StreamingChatCompletionUpdate?> NextAsync(IAsyncEnumerator<StreamingChatCompletionUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync() ? updates.Current : null;
        }
        catch (Exception fault) when (Translate(fault) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>What an endpoint can do wrong; null for what is none of its doing.</summary>
    private CallFailedException? Translate(Exception fault)
    {
        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
            if (inner is CallFailedException known)
                return known;
        return fault switch
        {
            ClientResultException { Status: > 0 } answered => HttpFailures.Of(answered.Status, RetryAfterOf(answered), ExecutionCodes.ModelUnavailable, _time.GetUtcNow()),
            ClientResultException or HttpRequestException or IOException =>
                new CallFailedException(ExecutionCodes.ModelUnavailable, "It cannot be reached, or the connection broke.", isTransient: true, cause: fault),
            JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException or NotSupportedException =>
                new CallFailedException(ExecutionCodes.ModelUnavailable, "It answers in a language that is not OpenAI's.", isTransient: true, cause: fault),
            _ => null,
        };
    }

    private static string? RetryAfterOf(ClientResultException answered) =>
        answered.GetRawResponse() is { } response && response.Headers.TryGetValue("Retry-After", out string? value) ? value : null;
}
