using System.Diagnostics;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Node.Devnet;
using Betar.Node.Folder;
using Betar.Node.Hosting;
using Betar.Storage.Tests.Durability;
using Betar.X402;
using Betar.X402.Networks;

namespace Betar.Node.Tests.Crash;

/// <summary>A data folder with a fleet, a buyer, and the chain that outlives them.</summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    public const long Funds = 1_000_000;

    private const string Agents = """
        agents:
          - name: math
            price: 0.001
            executor: { builtin: math }
          - name: careful
            price: 0.002
            refundInterrupted: true
            executor: { builtin: math }
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("betar-crash-");
    private readonly HttpClient _http = new();

    public CrashWorld() => File.WriteAllText(Path.Combine(_root.FullName, "agents.yaml"), Agents);

    public string Data => _root.FullName;

    public DataFolder Folder => new(Data);

    /// <summary>Where the shim finds what is to happen to the disk.</summary>
    private string Kept => Directory.CreateDirectory(Path.Combine(Data, "kept")).FullName;

    public CrashBuyer Buyer { get; } = new();

    public Task<RunningNode> StartAsync(string? faultPoint, int port = 0) => port == 0
        ? RunningNode.StartAsync(Data, faultPoint, port, "--fund", $"{Buyer.Address}=1")
        : RunningNode.StartAsync(Data, faultPoint, port);

    /// <summary>With a disk whose syncs fail from <see cref="BreakDisk"/> on.</summary>
    public Task<RunningNode> StartOnBreakableDiskAsync()
    {
        return RunningNode.StartAsync(Data, new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = SyncShim.Path, ["BETAR_SHIM_PREFIX"] = Folder.Database, ["BETAR_SHIM_DIR"] = Kept,
        }, 0, "--fund", $"{Buyer.Address}=1");
    }

    /// <summary>With a disk that has room until <see cref="FillDisk"/>, and again from <see cref="FreeDisk"/> on.</summary>
    public Task<RunningNode> StartOnSmallDiskAsync()
    {
        FreeDisk();
        return RunningNode.StartAsync(Data, new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = SyncShim.Path, ["BETAR_SHIM_PREFIX"] = Folder.Database, ["BETAR_SHIM_DIR"] = Kept, ["BETAR_SHIM_SPACE"] = "1",
        }, 0, "--fund", $"{Buyer.Address}=1");
    }

    public void FillDisk() => File.Delete(Path.Combine(Kept, "free"));

    public void FreeDisk() => File.WriteAllText(Path.Combine(Kept, "free"), "");

    public void BreakDisk() => File.WriteAllText(Path.Combine(Kept, "fail"), "");

    /// <summary>What every crash must leave behind: a sound ledger with nothing held, and balances that say the same.</summary>
    public async Task HoldsAsync(long delivered, long refunded)
    {
        JsonElement report = await VerifyAsync();
        Assert.True(report.GetProperty("ok").GetBoolean(), report.ToString());
        Assert.Equal($"{delivered + refunded}", report.GetProperty("in").GetString());
        Assert.Equal($"{delivered}", report.GetProperty("delivered").GetString());
        Assert.Equal($"{refunded}", report.GetProperty("refunded").GetString());
        Assert.Equal("0", report.GetProperty("held").GetString());
        Assert.Equal(Funds - delivered, await BalanceAsync(Buyer.Address));
    }

    public async Task<long> BalanceAsync(Address account)
    {
        var client = new JsonRpcChainClient(_http, DevnetInfo.Read(Folder)!.Url);
        RpcOutcome<UInt256> balance = await new Eip3009Token(client, PaymentAsset.BaseSepoliaUsdc.Address).BalanceOfAsync(account, CancellationToken.None);
        return (long)(ulong)balance.Value;
    }

    public async Task<string> RpcAsync(string method, string parameters)
    {
        using var content = new StringContent($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""");
        using HttpResponseMessage answer = await _http.PostAsync(DevnetInfo.Read(Folder)!.Url, content);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("\"error\"", text, StringComparison.Ordinal);
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        if (DevnetInfo.Read(Folder) is { } devnet)
        {
            using Process process = Process.GetProcessById(devnet.ProcessId);
            process.Kill();
            await process.WaitForExitAsync();
        }
        await Buyer.DisposeAsync();
        _http.Dispose();
        _root.Delete(recursive: true);
    }

    private async Task<JsonElement> VerifyAsync()
    {
        ProcessStartInfo start = NodeExecutable.Command("ledger", "verify", "--json", "--data", Data);
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return JsonDocument.Parse(text).RootElement;
    }
}
