using System.Buffers;
using System.Text;
using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Hosting;
using Betar.Node.Http.Streaming;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Control;

/// <summary>
/// The running node's ear for commands: POST /METHOD with a JSON object on a Unix socket that only the owner can use. Start it
/// while holding the folder's lock.
/// </summary>
public sealed partial class ControlServer : IAsyncDisposable
{
    private const int LargestRequest = 4 * 1024 * 1024;

    private readonly IReadOnlyDictionary<string, ControlHandler> handlers;
    private readonly IReadOnlyDictionary<string, StreamedHandler>? streamed;
    private readonly ILogger logger;
    private readonly string path;
    private LocalServer? server;

    private ControlServer(
        string path, IReadOnlyDictionary<string, ControlHandler> handlers, IReadOnlyDictionary<string, StreamedHandler>? streamed, ILogger logger)
    {
        this.path = path;
        this.handlers = handlers;
        this.streamed = streamed;
        this.logger = logger;
    }

    /// <param name="folder">The node's data folder.</param>
    /// <param name="handlers">What is answered.</param>
    /// <param name="logger">Hears of what failed.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <param name="streamed">Those that have pieces of their answers for who wants them.</param>
    public static async Task<Checked<ControlServer>> StartAsync(DataFolder folder, IReadOnlyDictionary<string, ControlHandler> handlers,
        ILogger<ControlServer> logger, CancellationToken cancellation, IReadOnlyDictionary<string, StreamedHandler>? streamed = null)
    {
        var path = folder.SocketPath();
        if (!path.IsOk)
            return path.Refusal;
        var control = new ControlServer(path.Value, handlers, streamed, logger);

        // A socket that a killed node left behind would refuse the bind; the lock says that nobody uses it.
        File.Delete(path.Value);
        control.server = await LocalServer.StartAsync(path.Value, LargestRequest, control.AnswerAsync, cancellation);
        File.SetUnixFileMode(path.Value, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return control;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        File.Delete(path);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (PiecewiseAnswer.IsWanted(context.Request))
        {
            context.Response.ContentType = EventStreamWriter.ContentType;
            await PiecewiseAnswer.WriteAsync(context.Response, partial => RunInPiecesAsync(context, partial), TimeProvider.System, context.RequestAborted);
            return;
        }

        var (status, body) = await RunAsync(context, null);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task<ApiEvent> RunInPiecesAsync(HttpContext context, Func<string, ValueTask> partial)
    {
        var (status, body) = await RunAsync(context, partial);
        return new ApiEvent(status < StatusCodes.Status400BadRequest ? PiecewiseAnswer.Result : PiecewiseAnswer.Problem, Encoding.UTF8.GetString(body.Span));
    }

    private async Task<(int Status, ReadOnlyMemory<byte> Body)> RunAsync(HttpContext context, Func<string, ValueTask>? partial)
    {
        var method = context.Request.Path.Value?.TrimStart('/') ?? "";
        if (!HttpMethods.IsPost(context.Request.Method) || !handlers.TryGetValue(method, out var handler))
            return Render(ControlAnswer.Refused(ErrorCatalog.UnknownVerb.Refuse($"This node has no control method \"{method}\"", "use a node of the same version")));
        try
        {
            var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
            using var document = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return Render(ControlAnswer.Refused(ErrorCatalog.WrongUsage.Refuse("A control request is a JSON object")));
            return Render(await (partial is not null && streamed?.GetValueOrDefault(method) is { } inPieces
                ? inPieces(document.RootElement, partial, context.RequestAborted)
                : handler(document.RootElement, context.RequestAborted)));
        }
        catch (JsonException malformed)
        {
            return Render(ControlAnswer.Refused(ErrorCatalog.WrongUsage.Refuse($"The control request is not JSON ({malformed.Message})")));
        }
#pragma warning disable CA1031 // One failing command must not take the node down; the failure is logged and answered.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailed(method, failure);
            return Render(ControlAnswer.Refused(ExceptionTranslator.Translate(failure)));
        }
    }

    // Inside the life of the arguments: an answer may quote them.
    private static (int Status, ReadOnlyMemory<byte> Body) Render(ControlAnswer answer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (answer.Refusal is { } refusal)
                ControlWire.WriteRefusal(writer, refusal);
            else
                answer.Write!(writer);
        }

        var status = answer.Refusal is null ? StatusCodes.Status200OK
            : answer.Refusal.Error.HttpStatus ?? StatusCodes.Status422UnprocessableEntity;
        return (status, buffer.WrittenMemory);
    }
}
