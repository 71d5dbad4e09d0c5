using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Http;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Streaming;
using Betar.Node.Http.Tokens;
using Betar.Node.Tests.Support;
using Betar.Orleans.Testing;
using Betar.Storage;
using Betar.Storage.Idempotency;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Http;

/// <summary>The HTTP interface on a free port of this machine, over operations that a test writes.</summary>
internal sealed class ApiWorld : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, ControlHandler> _handlers = new(StringComparer.Ordinal);
    private readonly List<(string Operation, string Arguments)> _calls = [];
    private readonly NodeParts _own = new();

    private ApiWorld(HttpSettings settings) => Settings = settings;

    public HttpSettings Settings { get; }

    public ManualTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    public BetarDatabase Database { get; private set; } = null!;

    public LogFeed Log { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public string Data => _folder.Path;

    /// <summary>What was asked of the node, in order.</summary>
    public IReadOnlyList<(string Operation, string Arguments)> Calls => _calls;

    public static Task<ApiWorld> StartAsync(Func<HttpSettings, HttpSettings>? change = null, Func<ApiServices, ApiServices>? with = null, params (string Operation, string Answer)[] answers) =>
        StartAsync(change, with, new IdempotencyOptions(), answers);

    public static async Task<ApiWorld> StartAsync(
        Func<HttpSettings, HttpSettings>? change, Func<ApiServices, ApiServices>? with, IdempotencyOptions keys, params (string Operation, string Answer)[] answers)
    {
        var settings = new HttpSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        var world = new ApiWorld(change?.Invoke(settings) ?? settings);
        foreach ((string operation, string answer) in answers)
            world.Answer(operation, answer);
        var tokens = new ApiTokens(world.Settings.TokenHash, new ApiTokenFile(world._folder.Data.Tokens), NullLogger<ApiTokens>.Instance);
        world.Database = world._own.Own(BetarDatabase.Open(world._folder.Data.Database, null, world.Time));
        world.Log = new LogFeed(NullLoggerFactory.Instance, world.Time);
        var services = new ApiServices(
            new NodeOperations(world._handlers), tokens, world.Database.Ledger,
            await DurableIdempotency.OpenAsync(world.Database, keys, world.Time, CancellationToken.None), world.Time, world.Log) { Log = world.Log };
        HttpApi api = await ApiComposition.StartAsync(world.Settings, with?.Invoke(services) ?? services, world._own, CancellationToken.None);
        world.Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = api.Url };
        return world;
    }

    public static Task<ApiWorld> StartAsync(params (string Operation, string Answer)[] answers) => StartAsync(null, null, answers);

    /// <summary>The operation answers with this JSON from now on; "!CODE text" is a refusal.</summary>
    public void Answer(string operation, string json) => Handle(operation, _ => json.StartsWith('!')
        ? ControlAnswer.Refused(json[1..9], json[10..])
        : ControlAnswer.Json(writer => writer.WriteRawValue(json)));

    public void Handle(string operation, Func<JsonElement, ControlAnswer> handler) => Handle(operation, (arguments, _) => Task.FromResult(handler(arguments)));

    public void Handle(string operation, ControlHandler handler) => _handlers[operation] = (arguments, cancellation) =>
    {
        _calls.Add((operation, arguments.GetRawText()));
        return handler(arguments, cancellation);
    };

    /// <summary>Makes a token of that role and shows it with every request from now on.</summary>
    public string Use(ApiRole role)
    {
        string token = TokenText.Make();
        var file = new ApiTokenFile(_folder.Data.Tokens);
        file.Write([.. file.Read().Value, new ApiToken(role.ToString(), "", role, TokenText.Hash(token), Time.GetUtcNow())]);
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    public async Task<(int Status, string Body)> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(path);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<(int Status, string Body)> PostAsync(string path, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage response = await Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Asks with headers that a client would not send by itself.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach ((string name, string value) in headers)
        {
            if (name == "Content-Type")
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public ValueTask StopAsync() => _own.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _own.DisposeAsync();
        _folder.Dispose();
    }
}
