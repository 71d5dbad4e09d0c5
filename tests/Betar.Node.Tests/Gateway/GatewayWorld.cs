using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Multiformats;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;
using Betar.Storage.Ledger;
using Betar.X402;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Gateway;

/// <summary>A fleet on three silos with real hosts, each silo at a port of its own, so that two hosts could speak at once; a js-libp2p observer; a chain.</summary>
internal sealed class GatewayWorld : IAsyncDisposable
{
    private const int Silos = 3;

    private readonly TempFolder _folder = new();
    private readonly ConcurrentDictionary<int, HangingLeases> _leases = [];

    private GatewayWorld(int ports) => Ports = FreePorts(ports);

    /// <summary>Of the silos, by their numbers; a silo that was started later has the next one.</summary>
    public int[] Ports { get; }

    public SellerNode Node { get; private set; } = null!;

    public HostObserver Observer { get; private set; } = null!;

    public GatewayBuyer Buyer { get; } = new();

    /// <summary>How the silo that has the host reaches the leases.</summary>
    public HangingLeases HoldersLeases => _leases[Node.Presences.Silo];

    public static async Task<GatewayWorld> StartAsync(int moves)
    {
        var world = new GatewayWorld(Silos + moves);
        await world.OpenAsync();
        return world;
    }

    /// <summary>Kills the silo with the host, starts another silo, and says how long nobody answered the observer.</summary>
    public async Task<TimeSpan> KillAsync()
    {
        DateTimeOffset at = DateTimeOffset.UtcNow;
        int port = Ports[Node.Presences.Silo];
        await Node.Silos.KillAsync(Node.Presences.Silo);
        await Node.Silos.StartAnotherAsync(default);
        return await AnsweredElsewhereAsync(port, at);
    }

    /// <summary>Until a host at another port answers.</summary>
    public async Task<TimeSpan> AnsweredElsewhereAsync(int port, DateTimeOffset since)
    {
        HostObserver.Answer answer = await Observer.NextAsync(since);
        while (answer.Port == port)
            answer = await Observer.NextAsync(DateTimeOffset.UnixEpoch.AddMilliseconds(answer.Began + 1));
        return DateTimeOffset.UnixEpoch.AddMilliseconds(answer.Ended) - since;
    }

    /// <summary>No order lost, none doubled, no two hosts at once.</summary>
    public async Task HoldsAsync(int orders)
    {
        Assert.Empty(Observer.Overlaps());
        LedgerReport report = await Node.Ledger.VerifyAsync(default);
        Assert.Empty(report.Faults);
        Assert.Empty(await Node.Ledger.OpenOrdersAsync(default));
        HashSet<PaymentKey> seen = [];
        int delivered = 0, refunded = 0;
        await foreach (LedgerEntry entry in Node.Ledger.QueryAsync(LedgerQuery.All, default))
        {
            seen.Add(entry.Payment);
            delivered += entry.Kind == LedgerKind.Delivered ? 1 : 0;
            refunded += entry.Kind == LedgerKind.Refunded ? 1 : 0;
        }

        Assert.Equal((orders, orders), (seen.Count, delivered + refunded));
        Assert.Equal((Buyer.Delivered, Buyer.Refunded), (delivered, refunded));
        Assert.Equal(GatewayBuyer.Funds - (ulong)delivered, (ulong)(await Node.Chain.Token.BalanceOfAsync(Buyer.Address, default)).Value);
    }

    public async ValueTask DisposeAsync()
    {
        await Observer.DisposeAsync();
        await Buyer.DisposeAsync();
        await Node.Chain.StopAsync();
        await Node.DisposeAsync();
        _folder.Dispose();
    }

    private async Task OpenAsync()
    {
        var context = new NodeContext(TimeProvider.System, NullLoggerFactory.Instance, _ => null);
        Node = await SellerNode.StartAsync(_folder.Data, new SellerOptions
        {
            Agents = [new AgentDeclaration { Name = "echo", Price = 1, Executor = new ExecutorDeclaration("builtin", "echo"), Concurrency = 64, Queue = 1_000 }],
            Network = NetworksFile.Find(_folder.Data, ChainOpener.Devnet).Value,
            Silos = Silos,
            ListenBySilo = [.. Ports.Select(port => new[] { Multiaddr.Parse($"/ip4/127.0.0.1/tcp/{port}") })],
            Fund = [new FundRequest(Buyer.Address, GatewayBuyer.Funds)],
            Leases = (silo, leases) => _leases[silo] = new HangingLeases(leases),
        }, context, default);
        string[] addresses = [.. Ports.Select(port => $"/ip4/127.0.0.1/tcp/{port}/p2p/{Node.Identity.PeerId}")];
        Observer = HostObserver.Start(addresses);
        await Observer.NextAsync(DateTimeOffset.UnixEpoch);
        await Buyer.StartAsync(addresses, Node.Listings()[0]);
    }

    private static int[] FreePorts(int count)
    {
        Socket[] probes = [.. Enumerable.Range(0, count).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))];
        foreach (Socket probe in probes)
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int[] ports = [.. probes.Select(probe => ((IPEndPoint)probe.LocalEndPoint!).Port)];
        Array.ForEach(probes, probe => probe.Dispose());
        return ports;
    }
}
