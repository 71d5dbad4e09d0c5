namespace Betar.Libp2p.PubSub;

/// <summary>Bounds of one topic.</summary>
public sealed class TopicOptions
{
    /// <summary>Bytes of one message's data, 1 to 1 MiB less what stands around it; larger ones are rejected; default 64 KiB.</summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>Messages of the topic that are looked at at once, 1 to 8,192; more are ignored; default 1024.</summary>
    public int MaxValidations { get; set; } = 1024;

    /// <summary>Messages of one author a second; more are ignored; default 20.</summary>
    public int AuthorPerSecond { get; set; } = 20;

    /// <summary>And after a quiet time; default 200.</summary>
    public int AuthorBurst { get; set; } = 200;

    /// <summary>
    /// Every peer of the topic checks what this host's handler checks, so that whoever passes on what it rejects is to blame; default false:
    /// only its author is. Where others pass on everything that is signed, blaming them would let one liar part us from all of them.
    /// </summary>
    public bool PeersCheck { get; set; }

    /// <summary>How the part of peers in it is scored; null, the default: as <see cref="GossipScoreOptions.Topic"/> says.</summary>
    public TopicScoreOptions? Score { get; set; }
}
