namespace Betar.Marketplace.Exchange;

/// <summary>How much is asked of peers and taken from them.</summary>
public sealed class ExchangeOptions
{
    /// <summary>Records in one message; default 512.</summary>
    public int MaxRecordsPerMessage { get; set; } = 512;

    /// <summary>Bytes of one message of records; default 512 KiB.</summary>
    public int MaxMessageBytes { get; set; } = 512 * 1024;

    /// <summary>Messages that one pull takes before it leaves the rest to the next; default 4,096.</summary>
    public int MaxPages { get; set; } = 4096;

    /// <summary>Records that a peer may push at once; default 20,000.</summary>
    public int RecordBurst { get; set; } = 20_000;

    /// <summary>How soon it may push one more; default 2 ms.</summary>
    public TimeSpan RecordInterval { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Announcements that an author may make at once; default 256.</summary>
    public int AnnouncementBurst { get; set; } = 256;

    /// <summary>How soon it may make one more; default 100 ms, so that an original fleet of 300 agents can renew them every 30 seconds.</summary>
    public TimeSpan AnnouncementInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Questions that a peer may ask at once; default 64.</summary>
    public int QuestionBurst { get; set; } = 64;

    /// <summary>How soon it may ask one more; default 200 ms.</summary>
    public TimeSpan QuestionInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Peers whose rates are remembered; default 10,000.</summary>
    public int MaxRatedPeers { get; set; } = 10_000;

    /// <summary>Bytes of our answer to <c>info</c>; default 4 MiB, half of what a frame may hold.</summary>
    public int MaxInfoBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Listings that are read of a peer's answer to <c>info</c>; default 10,000.</summary>
    public int MaxInfoListings { get; set; } = 10_000;

    /// <summary>The same peer is asked for its listings no sooner again than this; default 10 minutes.</summary>
    public TimeSpan InfoInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often records are compared with a peer; default 5 minutes.</summary>
    public TimeSpan PullInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Records that are fetched at once by the name in a listing's metadata; default 16.</summary>
    public int MaxFetches { get; set; } = 16;

    /// <summary>Records that may wait to be fetched; default 100,000.</summary>
    public int MaxWaitingFetches { get; set; } = 100_000;

    /// <summary>Who holds which of our versions: so many pairs are remembered; default 100,000.</summary>
    public int MaxReceipts { get; set; } = 100_000;
}
