using System.Diagnostics;
using System.Text.Json;
using Betar.Libp2p.Peers;
using Betar.Node.Cli.Market;
using Betar.Node.Control;
using Betar.Node.Devnet;
using Betar.Node.Tests.Support;
using Betar.Storage;

namespace Betar.Node.Tests.Marketplace;

/// <summary>A <c>betar up --json</c> of the real executable on a data folder of its own, which outlives kills; its chain ends with it.</summary>
internal sealed class UpNode : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Bounds are for a machine of one's own: one whose cores others want too may take so many times as long.</summary>
    public static double Slowness => Math.Max(1, double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) / System.Environment.ProcessorCount);

    private readonly TempFolder _folder = new();
    private NodeProgram? _program;

    /// <param name="agents">The names of what it sells, each at 0.001.</param>
    public UpNode(params string[] agents) => Declare(agents);

    public string Data => _folder.Path;

    /// <summary>What its process finds in its environment, from its next start on.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public JsonElement First { get; private set; }

    public string PeerId => First.GetProperty("peerId").GetString()!;

    public string Address => First.GetProperty("addresses")[0].GetString()!;

    public string AgentId(string name) => First.GetProperty("agents").EnumerateArray().Single(agent => agent.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;

    /// <summary>What it sells from its next start on.</summary>
    public void Declare(params string[] agents) => _folder.File(
        "agents.yaml", "agents:" + (agents.Length == 0 ? " []" : "") + "\n" + string.Concat(agents.Select(name => $"  - name: {name}\n    price: 0.001\n    executor: {{ builtin: echo }}\n")));

    public Task StartAsync(params string[] options) => StartWithAsync(Environment, options);

    public async Task StartWithAsync(IReadOnlyDictionary<string, string> environment, params string[] options)
    {
        _program = NodeProgram.Start(environment, ["up", "--json", "--data", Data, .. options.Contains("--http") ? options : ["--http", "none", .. options]]);
        First = await NextAsync();
    }

    /// <summary>The next line with this event that fits; others before it are passed over.</summary>
    public async Task<JsonElement> EventAsync(string kind, Predicate<JsonElement>? fits = null)
    {
        while (true)
        {
            JsonElement line = await NextAsync();
            if (line.GetProperty("event").GetString() == kind && (fits is null || fits(line)))
                return line;
        }
    }

    public Task<JsonElement> FindsAsync(UpNode other, string kind = "connected") => EventAsync(kind, line => line.GetProperty("peerId").GetString() == other.PeerId);

    /// <summary>Done when the node shows all of these by what their sellers signed.</summary>
    public Task SeesAsync(params string[] ids) => ShowsAsync(shown => ids.All(id => shown.GetValueOrDefault(id) is "own" or "verified"));

    /// <summary>Done when the node shows it no more.</summary>
    public Task MissesAsync(string id) => ShowsAsync(shown => !shown.ContainsKey(id));

    /// <summary>Done when a peer of that standing is on disk: the network does not wait for it, so the reader asks again.</summary>
    public async Task HasOnDiskAsync(PeerStanding standing)
    {
        using var patience = new CancellationTokenSource(s_patience);
        await using BetarDatabase database = BetarDatabase.OpenReadOnly(_folder.Data.Database);
        while ((await database.Peers.BestAsync(1, patience.Token)) is not [{ } best] || best.Worth < (int)standing)
            await Task.Yield();
    }

    /// <summary>Asks again after each change that the node tells of: nothing is slept through, and nothing missed.</summary>
    public async Task ShowsAsync(Predicate<Dictionary<string, string>> fits)
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var client = new ControlClient(_folder.Data, s_patience);
        for (long after = 0; ;)
        {
            Dictionary<string, string> shown = (await AskAsync("market", "list")).EnumerateArray()
                .ToDictionary(listing => listing.GetProperty("id").GetString()!, listing => listing.GetProperty("trust").GetString()!);
            if (fits(shown))
                return;
            long known = after;
            JsonElement changes = (await client.CallAsync(MarketCalls.Changes, writer => writer.WriteNumber("after", known), patience.Token)).Value;
            after = changes.GetProperty("next").GetInt64();
        }
    }

    /// <summary>Done when a listing of this name is shown, whose id nobody knows yet.</summary>
    public async Task<JsonElement> FirstListingOfAsync(string name)
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var client = new ControlClient(_folder.Data, s_patience);
        for (long after = 0; ;)
        {
            foreach (JsonElement listing in (await AskAsync("market", "list")).EnumerateArray())
                if (listing.GetProperty("name").GetString() == name)
                    return listing;
            long known = after;
            after = (await client.CallAsync(MarketCalls.Changes, writer => writer.WriteNumber("after", known), patience.Token)).Value.GetProperty("next").GetInt64();
        }
    }

    public Task SignalAsync(string name) => _program!.SignalAsync(name);

    /// <summary>Asks the running node by a command line of this process.</summary>
    public async Task<JsonElement> AskAsync(params string[] command)
    {
        CliRun run = await CliRun.RunAsync([.. command, "--json", "--data", Data]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Json();
    }

    public Task<CliRun> RunAsync(params string[] command) => CliRun.RunAsync([.. command, "--data", Data]);

    /// <summary>No goodbye.</summary>
    public async Task KillAsync()
    {
        await _program!.SignalAsync("KILL");
        await _program.EndAsync();
        _program.Dispose();
        _program = null;
    }

    public async Task StopAsync()
    {
        await _program!.SignalAsync("TERM");
        CliRun end = await _program.EndAsync();
        Assert.True(end.ExitCode == 0, end.Error);
        _program.Dispose();
        _program = null;
    }

    public async ValueTask DisposeAsync()
    {
        _program?.Dispose();
        if (DevnetInfo.Read(_folder.Data) is { } devnet)
        {
            using Process chain = Process.GetProcessById(devnet.ProcessId);
            using var patience = new CancellationTokenSource(s_patience);
            chain.Kill();
            await chain.WaitForExitAsync(patience.Token);
        }

        _folder.Dispose();
    }

    private async Task<JsonElement> NextAsync()
    {
        string line = await _program!.ReadLineAsync() ?? throw new InvalidOperationException((await _program.EndAsync()).Error);
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
