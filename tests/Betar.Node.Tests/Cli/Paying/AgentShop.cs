using Betar.Ethereum;
using Betar.Node.Composition;
using Betar.Node.Tests.Crash;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli.Paying;

/// <summary>A running node that sells, and a buyer with a folder and a funded wallet of its own.</summary>
internal sealed class AgentShop : IAsyncDisposable
{
    private RunningNode _node = null!;

    public CrashWorld World { get; } = new();

    public TempFolder Own { get; } = new();

    public Address Buyer { get; private set; }

    public string Where => _node.Address;

    public string PeerId => Where.Split('/')[^1];

    public string AgentId => _node.Agents["math"].GetProperty("id").GetString()!;

    public static async Task<AgentShop> OpenAsync(string? faultPoint = null)
    {
        var shop = new AgentShop();
        using (var key = new Betar.Node.Folder.Wallets(shop.Own.Data).LoadOrCreate(Betar.Node.Cli.Paying.PayCommand.WalletName).Value)
            shop.Buyer = Address.FromKey(key);
        shop._node = await RunningNode.StartAsync(shop.World.Data, faultPoint, 0, "--fund", $"{shop.Buyer}=1");
        return shop;
    }

    /// <summary>The node is gone, or ends now, and comes back at the same address.</summary>
    public async Task RestartAsync(string? agents = null)
    {
        int port = _node.Port;
        if (agents is not null)
        {
            await _node.StopAsync();
            await File.WriteAllTextAsync(World.Folder.Agents, agents);
        }

        await _node.DisposeAsync();
        _node = await RunningNode.StartAsync(World.Data, faultPoint: null, port);
    }

    public Task<CliRun> PayAsync(string agent, string task, params string[] more) => PayAnywhereAsync(agent, task, ["--at", Where, .. more]);

    /// <summary>Without saying where the seller is.</summary>
    public Task<CliRun> PayAnywhereAsync(string agent, string task, params string[] more) =>
        CliRun.RunAsync(["pay", agent, "--task", task, "--yes", "--data", Own.Path, .. more.Contains("--max") ? more : ["--max", "1", .. more]]);

    public Task<long> BalanceAsync() => World.BalanceAsync(Buyer);

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await World.DisposeAsync();
        Own.Dispose();
    }
}
