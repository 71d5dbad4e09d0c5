using Betar.Libp2p;
using Betar.Libp2p.Discovery;
using Betar.Libp2p.Identity;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Peering;
using Betar.Node.Presence;
using Betar.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Presence;

/// <summary>A host of the same key on another machine, which stands beside the test: only the network tells of it.</summary>
public sealed class IdentityCheckTests : IDisposable
{
    private static readonly NodeContext s_context = new(TimeProvider.System, NullLoggerFactory.Instance, _ => null);

    private readonly TempFolder _temp = new();
    private readonly string _service = "t-" + Guid.NewGuid().ToString("N")[..20];

    public IdentityCheckTests()
    {
        _temp.Data.Prepare().OrThrow();
        NodeIdentity.LoadOrCreate(_temp.Data).OrThrow();
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Who_answers_on_the_local_network_with_this_key_is_told_with_its_address()
    {
        await using Libp2pHost other = await StartAsync(NodeIdentity.OpenKey(_temp.Data).OrThrow());
        await using PeerDiscovery announced = Announce(other);
        await using IdentityCheck check = await BeginAsync(Local, TimeSpan.FromSeconds(30));

        CliRefusal? refusal = await check.EndAsync(default);
        Assert.Equal("BTR-2061", refusal?.Error.Code);
        Assert.Contains($"{other.PeerId} answers at {Bare(other)}", refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_answers_at_a_bootstrap_address_with_this_key_is_told_with_its_address()
    {
        await using Libp2pHost other = await StartAsync(NodeIdentity.OpenKey(_temp.Data).OrThrow());
        await using IdentityCheck check = await BeginAsync(new NetworkOptions { Bootstrap = [other.Addresses[0]] });

        CliRefusal? refusal = await check.EndAsync(default);
        Assert.Contains($"{other.PeerId} answers at {Bare(other)}", refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_are_nobody_of_this_identity()
    {
        await using Libp2pHost other = await StartAsync(IdentityKey.Generate());
        await using PeerDiscovery announced = Announce(other);
        await using IdentityCheck check = await BeginAsync(Local with { Bootstrap = [other.Addresses[0]] });

        Assert.Null(await check.EndAsync(default));
    }

    /// <summary>What somebody says is waited for and not believed.</summary>
    [Fact]
    public void Who_is_heard_of_has_proven_nothing()
    {
        using IdentityKey own = IdentityKey.Generate(), other = IdentityKey.Generate();
        var gate = new OwnIdentityGate(own.PeerId);
        Libp2p.Multiformats.Multiaddr address = Libp2p.Multiformats.Multiaddr.Parse("/ip4/127.0.0.1/tcp/4001");
        Assert.True(gate.MayDial(other.PeerId) && gate.MayStay(other.PeerId, address, inbound: false));
        Assert.Equal((false, false), (gate.HasHeard, gate.Met.IsCompleted));

        Assert.True(gate.MayDial(own.PeerId));
        Assert.Equal((true, false), (gate.HasHeard, gate.Met.IsCompleted));
        Assert.True(gate.MayStay(own.PeerId, address, inbound: false));
        Assert.True(gate.Met.IsCompleted);
    }

    [Fact]
    public async Task Who_looks_nowhere_waits_for_nobody()
    {
        await using IdentityCheck check = await BeginAsync(new NetworkOptions());

        Task<CliRefusal?> end = check.EndAsync(default);
        Assert.True(end.IsCompletedSuccessfully);
        Assert.Null(await end);
    }

    private NetworkOptions Local => new() { Mdns = true, MdnsService = _service, LoopbackOnly = true };

    private static string Bare(Libp2pHost host) => host.Addresses[0].ToString().Split("/p2p/")[0];

    private static async Task<Libp2pHost> StartAsync(IdentityKey key)
    {
        Libp2pHost host = Libp2pHost.CreateBuilder().WithIdentity(key).Listen("/ip4/127.0.0.1/tcp/0").Build();
        await host.StartAsync();
        return host;
    }

    private PeerDiscovery Announce(Libp2pHost host)
    {
        PeerDiscovery discovery = PeerDiscovery.Create(host, new DiscoverySettings { MdnsService = _service, MdnsLoopbackOnly = true, Exchange = false, Remembered = false });
        discovery.Start();
        return discovery;
    }

    private async Task<IdentityCheck> BeginAsync(NetworkOptions finding, TimeSpan? atLeast = null)
    {
        var check = new IdentityCheck(_temp.Data, finding, s_context, atLeast);
        await check.StartAsync(default);
        return check;
    }
}
