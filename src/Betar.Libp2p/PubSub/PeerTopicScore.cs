namespace Betar.Libp2p.PubSub;

/// <summary>What a peer's part in one topic is worth.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Score">Its parts with their weights, and the topic's.</param>
/// <param name="InMesh">The peer gets messages whole from us, and we from it.</param>
/// <param name="TimeInMesh">For so long.</param>
/// <param name="FirstDeliveries">P2, decayed.</param>
/// <param name="MeshDeliveries">P3, decayed.</param>
/// <param name="MeshFailures">P3b, decayed.</param>
/// <param name="Invalid">P4, decayed.</param>
public sealed record PeerTopicScore(
    string Topic, double Score, bool InMesh, TimeSpan TimeInMesh, double FirstDeliveries, double MeshDeliveries, double MeshFailures, double Invalid);
