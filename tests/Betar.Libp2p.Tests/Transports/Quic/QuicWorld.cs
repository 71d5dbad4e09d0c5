using Betar.Libp2p.Identity;
using Betar.Libp2p.Transports.Quic;
using Betar.Tests.Shared;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.Transports.Quic;

/// <summary>
/// There are two worlds: machines on which .NET can do QUIC, and machines on which it cannot. Nothing is skipped in either: where the exchange
/// cannot be made, its refusal is what is right, and that is asserted.
/// </summary>
public sealed class QuicWorld : IDisposable
{
    public const string Listen = "/ip4/127.0.0.1/udp/0/quic-v1";
    private int _tests;

    public static string Name => QuicSupport.Missing is { } missing ? $"no QUIC here ({missing}), refusals asserted" : "QUIC here, real exchanges";

    internal async Task RunAsync(ITestOutputHelper output, Func<Task> exchange)
    {
        Interlocked.Increment(ref _tests);
        output.WriteLine(Name);
        if (QuicSupport.IsSupported)
            await exchange();
        else
            await AssertRefusedAsync();
    }

    public void Dispose() => TestNotes.Add($"QUIC transport: {Name}: {_tests} tests");

    private static async Task AssertRefusedAsync()
    {
        await using var listener = Libp2pHost.CreateBuilder().Listen(Listen).Build();
        AssertTold(await Assert.ThrowsAsync<Libp2pException>(() => listener.StartAsync()));

        await using var dialer = Libp2pHost.CreateBuilder().Build();
        await dialer.StartAsync();
        using var somebody = IdentityKey.Generate();
        var address = Betar.Libp2p.Multiformats.Multiaddr.Parse("/ip4/127.0.0.1/udp/4001/quic-v1").WithPeer(somebody.PeerId);
        AssertTold(await Assert.ThrowsAsync<Libp2pException>(() => dialer.ConnectAsync(address)));
    }

    private static void AssertTold(Libp2pException refusal)
    {
        Assert.Equal(Libp2pError.NotDialable, refusal.Code);
        Assert.Contains(QuicSupport.HowToInstall, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(QuicSupport.Missing!, refusal.Message, StringComparison.Ordinal);
    }
}
