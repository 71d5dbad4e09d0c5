using System.Net;
using System.Text.Json;
using Betar.Node.Hosting;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Demo;

/// <summary>The web service behind one of the demo's agents: it counts the letters of a task.</summary>
internal sealed class DemoWebhook : IAsyncDisposable
{
    private const long LargestTask = 64 * 1024;

    private readonly LocalServer _server;

    private DemoWebhook(LocalServer server) => _server = server;

    public Uri Url => new(_server.Addresses[0]);

    public static async Task<DemoWebhook> StartAsync(CancellationToken cancellationToken) =>
        new(await LocalServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), LargestTask, AnswerAsync, cancellationToken));

    public static string Answer(string task) => $"\"{task}\" has {task.Count(char.IsLetter)} letters";

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        if (await ReadTaskAsync(context) is { } task)
            await context.Response.WriteAsync(Answer(task), context.RequestAborted);
        else
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    private static async Task<string?> ReadTaskAsync(HttpContext context)
    {
        try
        {
            using JsonDocument request = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return request.RootElement.ValueKind == JsonValueKind.Object
                && request.RootElement.TryGetProperty("input", out JsonElement input) && input.ValueKind == JsonValueKind.String ? input.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
