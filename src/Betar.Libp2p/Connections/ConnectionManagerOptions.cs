namespace Betar.Libp2p.Connections;

/// <summary>How many connections are kept when nobody needs them all.</summary>
public sealed class ConnectionManagerOptions
{
    /// <summary>Trimming stops here; default 160.</summary>
    public int LowWater { get; set; } = 160;

    /// <summary>Trimming starts above this; default 192.</summary>
    public int HighWater { get; set; } = 192;

    /// <summary>New connections are left alone for so long; default 1 min.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the table is looked at; default 10 s.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>An idle second connection to a peer is closed after so long, by one side only; default 30 s.</summary>
    public TimeSpan DuplicateGrace { get; set; } = TimeSpan.FromSeconds(30);
}
