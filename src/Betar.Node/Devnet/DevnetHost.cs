using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Betar.Ethereum.Devnet;
using Betar.Node.Hosting;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Devnet;

/// <summary>The devnet's HTTP: POST / is JSON-RPC; POST /stop with the stop key ends the process.</summary>
internal sealed class DevnetHost : IAsyncDisposable
{
    public const string StopKeyHeader = "x-stop-key";

    private const int LargestRequest = 8 * 1024 * 1024;

    private readonly JsonRpcHandler chain;
    private readonly byte[] stopKey;
    private readonly TaskCompletionSource stopAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LocalServer? server;

    private DevnetHost(JsonRpcHandler chain, string stopKey)
    {
        this.chain = chain;
        this.stopKey = Encoding.ASCII.GetBytes(stopKey);
    }

    /// <summary>Ends when somebody with the key asked for it.</summary>
    public Task StopAsked => stopAsked.Task;

    public Uri Url => new(server!.Addresses[0]);

    public static async Task<DevnetHost> StartAsync(JsonRpcHandler chain, IPEndPoint listen, string stopKey, CancellationToken cancellation)
    {
        var host = new DevnetHost(chain, stopKey);
        host.server = await LocalServer.StartAsync(listen, LargestRequest, host.AnswerAsync, cancellation);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        return request.Path.Value switch
        {
            "/" => ExecuteAsync(context),
            "/stop" => StopAsync(context),
            _ => NotFound(context),
        };
    }

    private async Task ExecuteAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var answer = new ArrayBufferWriter<byte>(1024);
        switch (await chain(body, answer, context.RequestAborted))
        {
            case DevnetAnswer.Empty:
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            case DevnetAnswer.Unavailable:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            default:
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = answer.WrittenCount;
                await context.Response.Body.WriteAsync(answer.WrittenMemory, context.RequestAborted);
                return;
        }
    }

    private async Task StopAsync(HttpContext context)
    {
        var given = Encoding.ASCII.GetBytes(context.Request.Headers[StopKeyHeader].ToString());
        if (!CryptographicOperations.FixedTimeEquals(given, stopKey))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        await context.Response.CompleteAsync();
        stopAsked.TrySetResult();
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
