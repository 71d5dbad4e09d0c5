using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Control;

/// <summary>Asks a node elsewhere over its HTTP interface: the same operations by the same names, as far as the token's role allows them.</summary>
public sealed class RemoteClient : INodeClient
{
    private const int LargestAnswer = 64 * 1024 * 1024;
    private const string Operations = "v1/rpc/";

    private readonly HttpClient http;
    private readonly NodeAddress node;
    private readonly TimeSpan deadline;

    /// <param name="node">Where it is, and who asks.</param>
    /// <param name="deadline">How long one answer may take.</param>
    public RemoteClient(NodeAddress node, TimeSpan deadline)
    {
        this.node = node;
        this.deadline = deadline;

        // A redirection would carry the token to whomever the answer names.
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = node.Url,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        if (node.Token.Length > 0)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", node.Token);
    }

    public Task<Checked<JsonElement>> CallAsync(string method, Action<Utf8JsonWriter>? writeArguments, CancellationToken cancellation) =>
        AskAsync(method, writeArguments, null, cancellation);

    public Task<Checked<JsonElement>> StreamAsync(
        string method, Action<Utf8JsonWriter>? writeArguments, Func<string, ValueTask> partial, CancellationToken cancellation) =>
        AskAsync(method, writeArguments, partial, cancellation);

    public void Dispose() => http.Dispose();

    private async Task<Checked<JsonElement>> AskAsync(
        string method, Action<Utf8JsonWriter>? writeArguments, Func<string, ValueTask>? partial, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(deadline);
        try
        {
            var content = new ByteArrayContent(ControlWire.Arguments(writeArguments));
            content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Operations + method, UriKind.Relative)) { Content = content };
            var (answer, _) = await EventAnswer.AskAsync(http, request, partial, LargestAnswer, patience.Token);
            return answer.IsResult ? answer.Value : ControlWire.ReadRefusal(answer.Value);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return ErrorCatalog.NodeDidNotAnswer.Refuse(
                $"The node at {node} cannot be reached ({VisibleText.Of(exception.Message)})", "check that it runs, and that its HTTP interface is reached at this address") with { Cause = exception };
        }
        catch (JsonException exception)
        {
            return ErrorCatalog.NodeDidNotAnswer.Refuse($"What answers at {node} is no node: it did not say JSON", "check the address") with { Cause = exception };
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            return ErrorCatalog.NodeDidNotAnswer.Refuse($"The node at {node} did not answer {method} within {deadline.TotalSeconds:0} s") with { Cause = exception };
        }
    }
}
