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

    /// <param name="node">Where it is, and who asks.</param>
    /// <param name="deadline">How long one answer may take.</param>
    public RemoteClient(NodeAddress node, TimeSpan deadline)
    {
        this.node = node;

        // A redirection would carry the token to whomever the answer names.
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = node.Url,
            Timeout = deadline,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        if (node.Token.Length > 0)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", node.Token);
    }

    public async Task<Checked<JsonElement>> CallAsync(string method, Action<Utf8JsonWriter>? writeArguments, CancellationToken cancellation)
    {
        try
        {
            using var content = new ByteArrayContent(ControlWire.Arguments(writeArguments));
            content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
            using var response = await http.PostAsync(new Uri(Operations + method, UriKind.Relative), content, cancellation);
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            return response.IsSuccessStatusCode ? document.RootElement.Clone() : ControlWire.ReadRefusal(document.RootElement);
        }
        catch (HttpRequestException exception)
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
            return ErrorCatalog.NodeDidNotAnswer.Refuse($"The node at {node} did not answer {method} within {http.Timeout.TotalSeconds:0} s") with { Cause = exception };
        }
    }

    public void Dispose() => http.Dispose();
}
