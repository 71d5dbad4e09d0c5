using System.Net.Sockets;
using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Control;

/// <summary>Asks the node that runs on a data folder.</summary>
public sealed class ControlClient : INodeClient
{
    private const int LargestAnswer = 64 * 1024 * 1024;

    private readonly HttpClient http;
    private readonly DataFolder folder;

    /// <param name="folder">The node's data folder.</param>
    /// <param name="deadline">How long one answer may take; executing a task can be long.</param>
    public ControlClient(DataFolder folder, TimeSpan deadline)
    {
        this.folder = folder;
        http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseProxy = false })
        {
            BaseAddress = new Uri("http://betar/"),
            Timeout = deadline,
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    /// <summary>The answer's JSON value, or why there is none.</summary>
    public async Task<Checked<JsonElement>> CallAsync(string method, Action<Utf8JsonWriter>? writeArguments, CancellationToken cancellation)
    {
        if (!File.Exists(folder.Socket))
            return NoNode();
        try
        {
            using var content = new ByteArrayContent(ControlWire.Arguments(writeArguments));
            using var response = await http.PostAsync(new Uri(method, UriKind.Relative), content, cancellation);
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            return response.IsSuccessStatusCode ? document.RootElement.Clone() : ControlWire.ReadRefusal(document.RootElement);
        }
        catch (HttpRequestException exception) when (exception.InnerException is SocketException
        {
            SocketErrorCode: SocketError.ConnectionRefused or SocketError.AddressNotAvailable,
        })
        {
            return NoNode();
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            return ErrorCatalog.NodeDidNotAnswer.Refuse($"The node of {folder.Root} broke off its answer to {method}") with { Cause = exception };
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            return ErrorCatalog.NodeDidNotAnswer.Refuse(
                $"The node of {folder.Root} did not answer {method} within {http.Timeout.TotalSeconds:0} s") with { Cause = exception };
        }
    }

    public void Dispose() => http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(folder.Socket), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private CliRefusal NoNode() => ErrorCatalog.NoNode.Refuse($"No node is running on {folder.Root}");
}
