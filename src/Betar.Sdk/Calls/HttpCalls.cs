using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Sdk.Calls;

/// <summary>To a node elsewhere: <c>POST /v1/rpc/OPERATION</c> with a token.</summary>
internal sealed class HttpCalls : INodeCalls
{
    private const int LargestAnswer = 64 * 1024 * 1024;

    private readonly HttpClient _http;

    public HttpCalls(Uri api, string token, TimeSpan deadline, HttpMessageHandler? handler = null)
    {
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(api, "/v1/rpc/"), Timeout = deadline, MaxResponseContentBufferSize = LargestAnswer,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<BetarResult<JsonElement>> CallAsync(string operation, Action<Utf8JsonWriter> arguments, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            arguments(writer);
            writer.WriteEndObject();
        }

        try
        {
            using var content = new ReadOnlyMemoryContent(body.WrittenMemory) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using HttpResponseMessage response = await _http.PostAsync(new Uri(operation, UriKind.Relative), content, cancellationToken);
            using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return response.IsSuccessStatusCode ? document.RootElement.Clone() : Refused(document.RootElement, (int)response.StatusCode);
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException)
        {
            return new BetarRefusal(ErrorCatalog.NodeDidNotAnswer.Code, $"The node at {_http.BaseAddress!.GetLeftPart(UriPartial.Authority)} did not answer {operation} ({fault.Message})", "ask again with the same purchase id");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new BetarRefusal(ErrorCatalog.NodeDidNotAnswer.Code, $"The node did not answer {operation} within {_http.Timeout.TotalSeconds:0} s", "ask again with the same purchase id");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Problem details: the stable code stands in "code", the sentence in "detail".</summary>
    private static BetarRefusal Refused(JsonElement problem, int status) =>
        new(Text(problem, "code") is { Length: > 0 } code ? code : $"HTTP {status}", Text(problem, "detail"), Text(problem, "next"));

    private static string Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
