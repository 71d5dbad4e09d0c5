namespace Betar.Libp2p.PubSub.Routing;

/// <summary>What a peer speaks; each one includes those before it.</summary>
internal enum GossipVersion
{
    /// <summary>Everything is sent to everybody; there is no mesh.</summary>
    Flood,

    V10,

    /// <summary>Back-off times in PRUNE.</summary>
    V11,

    /// <summary>IDONTWANT.</summary>
    V12,
}
