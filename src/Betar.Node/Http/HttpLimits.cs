namespace Betar.Node.Http;

/// <summary>What strangers can use up by asking.</summary>
internal sealed record HttpLimits
{
    /// <summary>Longest body in bytes. Range 1,024 to 67,108,864; default 1,048,576.</summary>
    public int MaxBody { get; init; } = 1024 * 1024;

    /// <summary>Requests of one address in a minute. Range 1 to 1,000,000; default 6,000.</summary>
    public int PerMinute { get; init; } = 6_000;

    /// <summary>Addresses that are counted apart; the rest share one count. Range 1 to 1,000,000; default 10,000.</summary>
    public int MaxAddresses { get; init; } = 10_000;

    /// <summary>Connections at once. Range 1 to 100,000; default 1,024.</summary>
    public int MaxConnections { get; init; } = 1_024;

    /// <summary>Listeners to events and logs at once. Range 1 to 10,000; default 64.</summary>
    public int MaxListeners { get; init; } = 64;

    /// <summary>Events that wait for one listener; one that is slower is dropped. Range 1 to 100,000; default 256.</summary>
    public int ListenerQueue { get; init; } = 256;

    /// <summary>Series of one metric that are kept apart; the rest is added up. Range 1 to 10,000; default 200.</summary>
    public int MaxSeries { get; init; } = 200;

    /// <summary>How long requests under way may go on when the node is told to stop. Range 0 s to 1 hour; default 30 s.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);
}
