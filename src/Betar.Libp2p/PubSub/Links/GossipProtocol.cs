using Betar.Libp2p.PubSub.Routing;

namespace Betar.Libp2p.PubSub.Links;

/// <summary>The protocols, the best first.</summary>
internal static class GossipProtocol
{
    public static IReadOnlyList<string> All { get; } = ["/meshsub/1.2.0", "/meshsub/1.1.0", "/meshsub/1.0.0", "/floodsub/1.0.0"];

    public static GossipVersion VersionOf(string protocol) => protocol switch
    {
        "/meshsub/1.2.0" => GossipVersion.V12,
        "/meshsub/1.1.0" => GossipVersion.V11,
        "/meshsub/1.0.0" => GossipVersion.V10,
        _ => GossipVersion.Flood,
    };
}
