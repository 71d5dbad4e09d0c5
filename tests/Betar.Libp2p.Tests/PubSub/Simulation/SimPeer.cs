using System.Net;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>Somebody in a simulated network.</summary>
internal abstract class SimPeer(SimNetwork network, int number)
{
    public SimNetwork Network => network;

    public IdentityKey Identity { get; } = IdentityKey.FromEd25519Seed(SeedOf(network.Seed, number));

    public PeerId Id => Identity.PeerId;

    /// <summary>Everybody has an address of his own unless a test says otherwise.</summary>
    public IPAddress Address { get; set; } = new([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);

    public abstract void Linked(SimPeer other, bool outbound, IOutbox outbox);

    public abstract void Receive(SimPeer from, GossipRpc rpc);

    private static byte[] SeedOf(int seed, int number)
    {
        var bytes = new byte[32];
        BitConverter.TryWriteBytes(bytes, seed);
        BitConverter.TryWriteBytes(bytes.AsSpan(4), number + 1);
        return bytes;
    }
}
