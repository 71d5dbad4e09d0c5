using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Betar.Benchmarks.Harness;
using Betar.Crypto;
using Betar.Libp2p.Multiformats;
using Betar.X402.Buying;

namespace Betar.Benchmarks.X402;

/// <summary>A seller and its chain as processes of their own, and a funded buyer in this one.</summary>
internal sealed class PaidTaskWorld : IAsyncDisposable
{
    private const string Agents = """
        agents:
          - name: echo
            price: 0.001
            executor: { builtin: echo }
          - name: free
            price: 0
            executor: { builtin: echo }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("betar-bench-");
    private readonly PrivateKey _key = PrivateKey.Generate();
    private Process? _node;

    public Multiaddr Seller { get; private set; } = null!;

    /// <summary>What it sells for money.</summary>
    public string AgentId { get; private set; } = "";

    /// <summary>The same for nothing.</summary>
    public string FreeAgentId { get; private set; } = "";

    /// <summary>Where it answers over HTTP; null: nowhere.</summary>
    public Uri? Http { get; private set; }

    public int ProcessId => _node!.Id;

    public AuthorizationSigner Signer { get; private set; } = null!;

    public string Database => Path.Combine(_folder.FullName, "betar.db");

    /// <param name="context">Is told of the start.</param>
    /// <param name="http">Where the seller answers over HTTP, or none.</param>
    /// <param name="agents">The file of its agents; null: one that is paid, and the same for free.</param>
    public static async Task<PaidTaskWorld> StartAsync(BenchContext context, string http = "none", string? agents = null)
    {
        context.Say("starting the seller and its chain");
        var world = new PaidTaskWorld();
        try
        {
            await world.OpenAsync(http, agents);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await TerminateAsync(_node);
            _node.Dispose();
        }
        string devnet = Path.Combine(_folder.FullName, "devnet.json");
        if (File.Exists(devnet))
        {
            using JsonDocument info = JsonDocument.Parse(await File.ReadAllTextAsync(devnet));
            using Process chain = Process.GetProcessById(info.RootElement.GetProperty("pid").GetInt32());
            await TerminateAsync(chain);
        }
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task OpenAsync(string http, string? agents)
    {
        Signer = new AuthorizationSigner(_key, TimeProvider.System);
        agents ??= Path.Combine(_folder.FullName, "agents.yaml");
        if (!File.Exists(agents))
            await File.WriteAllTextAsync(agents, Agents);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Betar.Node"))
        {
            ArgumentList = { "up", "--data", _folder.FullName, "--agents", agents, "--json", "--no-mdns", "--http", http, "--fund", $"{Signer.Payer}=1000000" },
            RedirectStandardOutput = true,
        };
        _node = Process.Start(start)!;
        string line = await _node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The seller did not start.");
        using JsonDocument said = JsonDocument.Parse(line);
        Seller = Multiaddr.Parse(said.RootElement.GetProperty("addresses")[0].GetString()!);
        Http = said.RootElement.GetProperty("http").GetString() is { } url ? new Uri(url) : null;
        Dictionary<string, string> ids = said.RootElement.GetProperty("agents").EnumerateArray()
            .ToDictionary(agent => agent.GetProperty("name").GetString()!, agent => agent.GetProperty("id").GetString()!);
        AgentId = ids["echo"];
        FreeAgentId = ids.GetValueOrDefault("free", "");
    }

    private static async Task TerminateAsync(Process process)
    {
        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
    }
}
