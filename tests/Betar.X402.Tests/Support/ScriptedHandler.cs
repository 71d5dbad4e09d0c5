using System.Net;

namespace Betar.X402.Tests.Support;

/// <summary>A facilitator that answers what a test tells it to, one answer after the other; the last one stays.</summary>
internal sealed class ScriptedHandler(params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] answers) : HttpMessageHandler
{
    internal List<(string Path, string Body, string? Attempt)> Requests { get; } = [];

    internal static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        (_, _) => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(json) });

    internal static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Fails(HttpRequestError error) =>
        (_, _) => throw new HttpRequestException(error, "scripted");

    internal static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Hangs(TimeProvider time, TaskCompletionSource asked) => async (_, cancellation) =>
    {
        asked.SetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
        throw new InvalidOperationException("unreachable");
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((request.RequestUri!.AbsolutePath, body, request.Headers.TryGetValues("Idempotency-Key", out var values) ? values.Single() : null));
        return await answers[Math.Min(Requests.Count, answers.Length) - 1](request, cancellationToken);
    }
}
