using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.Tests.Support;

/// <summary>A connection that carries nothing and ends when it is told to.</summary>
internal sealed class FakeMuxer : IMuxedConnection
{
    private readonly TaskCompletionSource _ended = new();

    public Task Completion => _ended.Task;

    public bool TakesStreams { get; set; } = true;

    public int StreamCount { get; set; }

    public TimeSpan? RoundTrip => null;

    public GoAwayCode? Goodbye { get; private set; }

    public ValueTask<MuxedStream> OpenStreamAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<MuxedStream?> AcceptStreamAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask CloseAsync(GoAwayCode code)
    {
        Goodbye ??= code;
        _ended.TrySetResult();
        return default;
    }

    public void Abort(Libp2pError reason) => _ended.TrySetResult();

    public ValueTask DisposeAsync() => CloseAsync(GoAwayCode.Normal);
}
