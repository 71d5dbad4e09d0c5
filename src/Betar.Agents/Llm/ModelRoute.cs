using Betar.Agents.Limits;
using Microsoft.Extensions.AI;

namespace Betar.Agents.Llm;

/// <summary>One model, with a client that is made when it is first asked, and with its own breaker.</summary>
internal sealed class ModelRoute : IDisposable
{
    private readonly LlmSettings _settings;
    private readonly Lazy<IChatClient> _client;
    private readonly CallGuard _guard;
    private readonly TimeProvider _time;

    public ModelRoute(ModelEndpoint endpoint, LlmSettings settings, Func<ModelEndpoint, IChatClient> models, TimeProvider time)
    {
        Endpoint = endpoint;
        _settings = settings;
        _time = time;
        _client = new Lazy<IChatClient>(() => models(endpoint));
        _guard = new CallGuard(settings.Retries, settings.BreakAfter, settings.BreakSeconds, time);
    }

    public ModelEndpoint Endpoint { get; }

    public bool IsResting => _guard.IsResting;

    /// <exception cref="CallFailedException">It did not answer; not to be tried elsewhere when pieces of an answer went out already.</exception>
    public ValueTask<ChatResponse> AskAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions options, PieceListener pieces, UsageMeter meter, CancellationToken cancellationToken) =>
        _guard.RunAsync(ExecutionCodes.ModelUnavailable, cancellation => TryAsync(messages, options, pieces, meter, cancellation), cancellationToken);

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private async ValueTask<ChatResponse> TryAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions options, PieceListener pieces, UsageMeter meter, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_settings.TimeoutSeconds, _time, cancellationToken);
        meter.Called();
        try
        {
            if (!pieces.Listens)
                return await _client.Value.GetResponseAsync(messages, options, deadline.Token);
            List<ChatResponseUpdate> updates = [];
            await foreach (ChatResponseUpdate update in _client.Value.GetStreamingResponseAsync(messages, options, deadline.Token))
            {
                updates.Add(update);
                await pieces.TakeAsync(update.Text);
            }
            return updates.ToChatResponse();
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw new CallFailedException(ExecutionCodes.ModelUnavailable, $"It took longer than {_settings.TimeoutSeconds} s.", isTransient: !pieces.HasTaken);
        }
        catch (CallFailedException failure) when (failure.IsTransient && pieces.HasTaken)
        {
            throw new CallFailedException(failure.Code, failure.Message, isTransient: false, cause: failure);
        }
    }
}
