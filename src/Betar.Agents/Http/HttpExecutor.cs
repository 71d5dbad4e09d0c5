using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Betar.Agents.Limits;
using Betar.Agents.Secrets;

namespace Betar.Agents.Http;

/// <summary>Sends each task to a webhook.</summary>
internal sealed class HttpExecutor(HttpSettings settings, GuardedHttp http, ExecutorTools tools) : IExecutor
{
    private readonly Uri _url = new(settings.Url);

    private readonly CallGuard _guard = new(settings.Idempotent ? settings.Retries : 0, settings.BreakAfter, settings.BreakSeconds, tools.Time);

    public bool IsIdempotent => settings.Idempotent;

    public bool IsResting => _guard.IsResting;

    public async ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        string? secret = settings.Secret.Length == 0 ? "" : tools.Secrets.Find(settings.Secret);
        if (secret is null)
            return SecretValues.Missing("the webhook's signature");
        if (tools.Secrets.Resolve(settings.Headers, out string missing) is not { } headers)
            return SecretValues.Missing($"header {missing}");

        byte[] body = Write(request);
        using var deadline = new Deadline(settings.TimeoutSeconds, tools.Time, cancellationToken);
        try
        {
            return await _guard.RunAsync(ExecutionCodes.WebhookFailed, cancellation => PostAsync(body, request.Order, secret, headers, cancellation), deadline.Token);
        }
        catch (CallFailedException failure)
        {
            return ExecutionOutcome.Failed(failure.Code, $"The webhook failed. {failure.Message}");
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return ExecutionOutcome.Failed(ExecutionCodes.TimedOut, $"The webhook took longer than {settings.TimeoutSeconds} s.");
        }
    }

    private async ValueTask<ExecutionOutcome> PostAsync(byte[] body, string order, string secret, Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        foreach ((string name, string value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (order.Length > 0)
            message.Headers.TryAddWithoutValidation("Idempotency-Key", order);
        if (secret.Length > 0)
        {
            string timestamp = tools.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            message.Headers.Add(WebhookSignature.TimeHeader, timestamp);
            message.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(secret, timestamp, body));
        }
        try
        {
            using HttpResponseMessage response = await http.Client(settings.AllowPrivate).SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw HttpFailures.Of((int)response.StatusCode, response.Headers.RetryAfter?.ToString(), ExecutionCodes.WebhookFailed, tools.Time.GetUtcNow());
            await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await BoundedReader.ReadAsync(stream, settings.MaxAnswerBytes, cancellationToken) is { } answer
                ? WebhookAnswer.Read(answer)
                : ExecutionOutcome.Failed(ExecutionCodes.LimitReached, $"The webhook's answer has more than {settings.MaxAnswerBytes} bytes.");
        }
        catch (HttpRequestException failure)
        {
            throw HttpFailures.Of(failure, ExecutionCodes.WebhookFailed);
        }
        catch (IOException failure)
        {
            throw new CallFailedException(ExecutionCodes.WebhookFailed, "The connection broke within the answer.", isTransient: true, cause: failure);
        }
    }

    private static byte[] Write(ExecutionRequest request)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("agent", request.AgentId);
            writer.WriteString("caller", request.Caller);
            writer.WriteString("order", request.Order);
            writer.WriteString("input", request.Input);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }
}
