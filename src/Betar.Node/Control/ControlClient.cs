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
    private readonly TimeSpan deadline;

    /// <param name="folder">The node's data folder.</param>
    /// <param name="deadline">How long one answer may take; executing a task can be long.</param>
    public ControlClient(DataFolder folder, TimeSpan deadline)
    {
        this.folder = folder;
        this.deadline = deadline;
        http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseProxy = false })
        {
            BaseAddress = new Uri("http://betar/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    /// <summary>The answer's JSON value, or why there is none.</summary>
    public Task<Checked<JsonElement>> CallAsync(string method, Action<Utf8JsonWriter>? writeArguments, CancellationToken cancellation) =>
        AskAsync(method, writeArguments, null, cancellation);

    public Task<Checked<JsonElement>> StreamAsync(
        string method, Action<Utf8JsonWriter>? writeArguments, Func<string, ValueTask> partial, CancellationToken cancellation) =>
        AskAsync(method, writeArguments, partial, cancellation);

    public void Dispose() => http.Dispose();

    private async Task<Checked<JsonElement>> AskAsync(
        string method, Action<Utf8JsonWriter>? writeArguments, Func<string, ValueTask>? partial, CancellationToken cancellation)
    {
        if (!File.Exists(folder.Socket))
            return NoNode();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(deadline);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(method, UriKind.Relative)) { Content = new ByteArrayContent(ControlWire.Arguments(writeArguments)) };
            var (answer, _) = await EventAnswer.AskAsync(http, request, partial, LargestAnswer, patience.Token);
            return answer.IsResult ? answer.Value : ControlWire.ReadRefusal(answer.Value);
        }
        catch (HttpRequestException exception) when (exception.InnerException is SocketException
        {
            SocketErrorCode: SocketError.ConnectionRefused or SocketError.AddressNotAvailable,
        })
        {
            return NoNode();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return ErrorCatalog.NodeDidNotAnswer.Refuse($"The node of {folder.Root} broke off its answer to {method}") with { Cause = exception };
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            return ErrorCatalog.NodeDidNotAnswer.Refuse(
                $"The node of {folder.Root} did not answer {method} within {deadline.TotalSeconds:0} s") with { Cause = exception };
        }
    }

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
