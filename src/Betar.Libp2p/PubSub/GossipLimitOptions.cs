namespace Betar.Libp2p.PubSub;

/// <summary>What strangers may make this host hold and do.</summary>
public sealed class GossipLimitOptions
{
    /// <summary>One frame, either way; default 1 MiB, as others have it.</summary>
    public int RpcBytes { get; set; } = 1024 * 1024;

    /// <summary>Messages in one frame; default 1,024.</summary>
    public int MessagesPerRpc { get; set; } = 1024;

    /// <summary>Subscriptions and pieces of control in one frame; default 1,024.</summary>
    public int EntriesPerRpc { get; set; } = 1024;

    /// <summary>Names of messages in one frame; default 10,000.</summary>
    public int IdsPerRpc { get; set; } = 10_000;

    /// <summary>The name of a topic; default 256 bytes.</summary>
    public int TopicNameBytes { get; set; } = 256;

    /// <summary>Topics of a peer that are remembered, beside those in which we take part; default 32.</summary>
    public int TopicsPerPeer { get; set; } = 32;

    /// <summary>How long the name of a message is remembered; default 120 s.</summary>
    public TimeSpan SeenTtl { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>How many names are; the oldest go first; default 65,536.</summary>
    public int SeenMessages { get; set; } = 65_536;

    /// <summary>Bytes of messages that are kept to be sent on request; the oldest go first; default 32 MiB.</summary>
    public long CacheBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Messages whose signature is still to be checked, or is; more are ignored; default 1,024.</summary>
    public int PendingSignatures { get; set; } = 1024;

    /// <summary>Of one peer; default 64.</summary>
    public int PendingPerPeer { get; set; } = 64;

    /// <summary>Signatures that are checked at once; default 4.</summary>
    public int SignatureWorkers { get; set; } = 4;

    /// <summary>Messages of all topics that are looked at at once; more are ignored; default 8,192.</summary>
    public int Validations { get; set; } = 8192;

    /// <summary>Frames that wait to be sent to one peer; more are dropped; default 256.</summary>
    public int QueuedRpcs { get; set; } = 256;

    /// <summary>Bytes of messages that wait to be sent to one peer; more are dropped; default 4 MiB.</summary>
    public int QueuedBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Offers of one peer that are looked at between two heartbeats; default 10.</summary>
    public int HavePerHeartbeat { get; set; } = 10;

    /// <summary>Messages that are asked of one peer between two heartbeats; default 5,000.</summary>
    public int IdsPerHeartbeat { get; set; } = 5000;

    /// <summary>Messages that are sent to one peer on request between two heartbeats; default 1,024.</summary>
    public int WantPerHeartbeat { get; set; } = 1024;

    /// <summary>Times that one peer may say between two heartbeats what it does not want; default 1,000.</summary>
    public int DontWantPerHeartbeat { get; set; } = 1000;

    /// <summary>Names at each of these times; default 10.</summary>
    public int DontWantIds { get; set; } = 10;

    /// <summary>Peers that are recommended to one who is let go, and that one peer may recommend between two heartbeats; default 16.</summary>
    public int OfferedPeers { get; set; } = 16;

    /// <summary>Peers that are waited for by topic before they may be taken into a mesh again; default 4,096.</summary>
    public int Backoffs { get; set; } = 4096;

    /// <summary>Authors whose rate is known; default 4,096.</summary>
    public int RememberedAuthors { get; set; } = 4096;

    /// <summary>Scores of peers that are gone; default 4,096.</summary>
    public int RetainedScores { get; set; } = 4096;

    /// <summary>How long a peer that speaks to us may take to listen to us; default 10 s.</summary>
    public TimeSpan LinkTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a stream to a connected peer is opened when it breaks; default 5.</summary>
    public int LinkAttempts { get; set; } = 5;

    /// <summary>How long a frame that has begun may take; default 30 s.</summary>
    public TimeSpan FrameTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
