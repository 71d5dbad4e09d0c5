namespace Betar.Libp2p.PubSub;

/// <summary>Puts GossipSub onto a host.</summary>
public static class GossipSubHostExtensions
{
    /// <summary>Builds the host and GossipSub on it. GossipSub is disposed before the host.</summary>
    public static GossipSub BuildWithGossipSub(this Libp2pHostBuilder builder, out Libp2pHost host, GossipOptions? options = null)
    {
        host = builder.Build();
        return new GossipSub(host, options);
    }
}
