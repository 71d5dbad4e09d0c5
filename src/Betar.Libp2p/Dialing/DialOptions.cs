namespace Betar.Libp2p.Dialing;

/// <summary>How peers are dialled.</summary>
public sealed class DialOptions
{
    /// <summary>A whole dial: names, connecting, upgrade of whichever address is first; default 60 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Connecting to one address; default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Addresses of one peer tried at once; default 8.</summary>
    public int ParallelPerPeer { get; set; } = 8;

    /// <summary>Addresses tried at once, all peers together; default 16.</summary>
    public int Parallel { get; set; } = 16;

    /// <summary>Addresses of one peer tried in one dial; default 32.</summary>
    public int AddressesPerDial { get; set; } = 32;

    /// <summary>How long the next public address waits for the one before; default 250 ms.</summary>
    public TimeSpan PublicDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the next address of our own network waits; default 30 ms.</summary>
    public TimeSpan PrivateDelay { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>How long an address rests after its first failure; doubled each time; default 5 s.</summary>
    public TimeSpan BackoffBase { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest rest; default 5 min.</summary>
    public TimeSpan BackoffMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Addresses whose failures are remembered; default 4,096.</summary>
    public int RememberedAddresses { get; set; } = 4096;
}
