namespace Betar.Libp2p.Discovery.Exchange;

/// <summary>How peers tell each other of peers.</summary>
public sealed class PeerExchangeOptions
{
    /// <summary>Records in one answer, given and taken; default 16.</summary>
    public int Records { get; set; } = 16;

    /// <summary>How often peers are asked while there are too few; default 1 min.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often one peer gets an answer; default 10 s.</summary>
    public TimeSpan AnswerInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Peers whose last question or answer is remembered; default 1,024.</summary>
    public int RememberedPeers { get; set; } = 1024;

    /// <summary>One question and its answer; default 10 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
