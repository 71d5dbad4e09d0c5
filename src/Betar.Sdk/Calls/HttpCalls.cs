using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Errors;

namespace Betar.Sdk.Calls;

/// <summary>To a node elsewhere: <c>POST /v1/rpc/OPERATION</c> with a token.</summary>
internal sealed class HttpCalls : INodeCalls
{
    private const int LargestAnswer = 64 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly TimeSpan _deadline;

    public HttpCalls(Uri api, string token, TimeSpan deadline, HttpMessageHandler? handler = null)
    {
        _deadline = deadline;
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(api, "/v1/rpc/"), Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<BetarResult<JsonElement>> CallAsync(string operation, Action<Utf8JsonWriter> arguments, CancellationToken cancellationToken) =>
        AskAsync(operation, arguments, null, cancellationToken);

    public Task<BetarResult<JsonElement>> StreamAsync(
        string operation, Action<Utf8JsonWriter> arguments, Func<string, ValueTask> partial, CancellationToken cancellationToken) =>
        AskAsync(operation, arguments, partial, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<BetarResult<JsonElement>> AskAsync(
        string operation, Action<Utf8JsonWriter> arguments, Func<string, ValueTask>? partial, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_deadline);
        try
        {
            using HttpRequestMessage request = Request(operation, arguments);
            (EventAnswer answer, int status) = await EventAnswer.AskAsync(_http, request, partial, LargestAnswer, patience.Token);
            return answer.IsResult ? answer.Value : Problem.Read(answer.Value, $"HTTP {status}");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException)
        {
            return new BetarRefusal(ErrorCatalog.NodeDidNotAnswer.Code, $"The node at {_http.BaseAddress!.GetLeftPart(UriPartial.Authority)} did not answer {operation} ({fault.Message})", "ask again with the same purchase id");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new BetarRefusal(ErrorCatalog.NodeDidNotAnswer.Code, $"The node did not answer {operation} within {_deadline.TotalSeconds:0} s", "ask again with the same purchase id");
        }
    }

    private static HttpRequestMessage Request(string operation, Action<Utf8JsonWriter> arguments)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            arguments(writer);
            writer.WriteEndObject();
        }

        return new HttpRequestMessage(HttpMethod.Post, new Uri(operation, UriKind.Relative))
        {
            Content = new ReadOnlyMemoryContent(body.WrittenMemory) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
    }
}
