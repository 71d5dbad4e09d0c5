namespace Betar.Libp2p.Muxing;

/// <summary>A secured connection that carries streams.</summary>
internal interface IMuxedConnection : IAsyncDisposable
{
    /// <summary>Ends when the connection has ended, and never faults.</summary>
    Task Completion { get; }

    /// <summary>False: one side said goodbye, or it has ended; what is open may still be finished.</summary>
    bool TakesStreams { get; }

    int StreamCount { get; }

    /// <summary>The last measured round trip; null: not measured yet.</summary>
    TimeSpan? RoundTrip { get; }

    ValueTask<MuxedStream> OpenStreamAsync(CancellationToken cancellationToken);

    /// <summary>The next stream that the peer opened; null: the connection has ended.</summary>
    ValueTask<MuxedStream?> AcceptStreamAsync(CancellationToken cancellationToken);

    /// <summary>Says goodbye and closes; streams that are still open end.</summary>
    ValueTask CloseAsync(GoAwayCode code);

    void Abort(Libp2pError reason);
}
