namespace Betar.Libp2p.PubSub;

/// <summary>How many peers get messages whole, how many hear of them, and when that is looked after.</summary>
public sealed class GossipMeshOptions
{
    /// <summary>Peers in the mesh of a topic (D); default 6.</summary>
    public int Degree { get; set; } = 6;

    /// <summary>Below it more are taken in (D_lo); default 5.</summary>
    public int DegreeLow { get; set; } = 5;

    /// <summary>From it on some are let go (D_hi); default 12.</summary>
    public int DegreeHigh { get; set; } = 12;

    /// <summary>Of those who stay, chosen by score (D_score); default 4.</summary>
    public int DegreeScore { get; set; } = 4;

    /// <summary>Of those who stay, dialled by us, so that nobody fills a mesh from outside (D_out); default 2.</summary>
    public int DegreeOutbound { get; set; } = 2;

    /// <summary>Peers outside of the mesh who are told what there is (D_lazy); default 6.</summary>
    public int DegreeLazy { get; set; } = 6;

    /// <summary>Or this share of them, if that is more, in percent; default 25.</summary>
    public int GossipPercent { get; set; } = 25;

    /// <summary>Default 1 s.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The first one; default 100 ms.</summary>
    public TimeSpan HeartbeatDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Heartbeats for which a message is kept to be sent on request; default 5.</summary>
    public int HistoryLength { get; set; } = 5;

    /// <summary>Heartbeats for which it is told of; default 3.</summary>
    public int HistoryGossip { get; set; } = 3;

    /// <summary>Peers for a topic in which this host has no part are kept for so long after a message; default 60 s.</summary>
    public TimeSpan FanoutTtl { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Who was let go does not come back for; default 60 s.</summary>
    public TimeSpan PruneBackoff { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The same when it was because the topic was left; default 10 s.</summary>
    public TimeSpan UnsubscribeBackoff { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Who comes back within this time after having been let go is punished twice; default 10 s.</summary>
    public TimeSpan GraftFloodThreshold { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Every so many heartbeats better peers are taken into a mesh that is worth little; default 60.</summary>
    public int OpportunisticGraftTicks { get; set; } = 60;

    /// <summary>So many of them; default 2.</summary>
    public int OpportunisticGraftPeers { get; set; } = 2;

    /// <summary>Every so many heartbeats direct peers that are gone are dialled; default 300.</summary>
    public int DirectConnectTicks { get; set; } = 300;

    /// <summary>What was asked for has to come within; default 3 s.</summary>
    public TimeSpan WantFollowUp { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>A message is sent to one peer on request so often; default 3.</summary>
    public int Retransmissions { get; set; } = 3;

    /// <summary>Of a message with so much data the mesh is told at once that it need not be sent again; default 1 KiB.</summary>
    public int DontWantBytes { get; set; } = 1024;

    /// <summary>Heartbeats for which a peer's word that it does not want a message holds; default 3.</summary>
    public int DontWantTicks { get; set; } = 3;
}
