using Betar.Libp2p;

namespace Betar.Benchmarks.Marketplace.Peers;

/// <summary>Hosts of a bench on the loopback. All of them come from one address, so the limits for one address are raised, and the notes say so.</summary>
internal static class LoopbackHosts
{
    public const string Raised = "limits for one address raised";

    private const int Many = 1_000;

    public static Libp2pHostBuilder Builder() => Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").Configure(options =>
    {
        options.Connections.InboundPerAddress = Many;
        options.Connections.HalfOpenPerAddress = Many;
        options.Connections.NewPerSecondPerAddress = Many;
        options.Connections.NewBurstPerAddress = Many;
    });
}
