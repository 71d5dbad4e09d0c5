using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.Negotiation;

/// <summary>
/// A new stream on which the protocol is proposed together with the first bytes, and the answer is read before the first bytes of the
/// other side: no round trip of its own. Only for a protocol that the peer is known to speak, or whose bytes may be lost.
/// </summary>
internal sealed class LazyNegotiatedStream(MuxedStream inner, string protocol, MultistreamOptions options) : MuxedStream
{
    private readonly Lock _gate = new();
    private bool _proposed;
    private volatile bool _agreed;
    private Task? _agreement;
    private Task _proposal = Task.CompletedTask;

    public override uint Id => inner.Id;

    public override TimeSpan IdleTimeout
    {
        get => inner.IdleTimeout;
        set => inner.IdleTimeout = value;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _agreed ? inner.ReadAsync(buffer, cancellationToken) : AgreeAndReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        Propose(data.Span, cancellationToken)
            ?? (_proposal.IsCompletedSuccessfully ? inner.WriteAsync(data, cancellationToken) : WriteBehindAsync(data, cancellationToken));

    /// <summary>
    /// Waits for the answer first: js-libp2p loses what stands behind the proposal when the end of the stream comes in the same segment.
    /// </summary>
    public override async ValueTask CloseWriteAsync(CancellationToken cancellationToken)
    {
        if (!_agreed)
            await AgreeAsync(cancellationToken);
        await inner.CloseWriteAsync(cancellationToken);
    }

    public override void Reset() => inner.Reset();

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <summary>The reader's proposal is still on its way into a full queue.</summary>
    private async ValueTask WriteBehindAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await _proposal.WaitAsync(cancellationToken);
        await inner.WriteAsync(data, cancellationToken);
    }

    private async ValueTask<int> AgreeAndReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await AgreeAsync(cancellationToken);
        return await inner.ReadAsync(buffer, cancellationToken);
    }

    /// <summary>The reader and the closer wait for one answer; who came first reads it. Broken off in the middle, the stream is of no use to either.</summary>
    private async ValueTask AgreeAsync(CancellationToken cancellationToken)
    {
        Task agreement;
        lock (_gate)
            agreement = _agreement ??= ReadAnswerAsync(cancellationToken);
        try
        {
            await agreement;
        }
        catch (OperationCanceledException)
        {
            inner.Reset();
            cancellationToken.ThrowIfCancellationRequested();
            throw new Libp2pException(Libp2pError.StreamReset, "The choice of the protocol was broken off.");
        }
    }

    private async Task ReadAnswerAsync(CancellationToken cancellationToken)
    {
        if (Propose([], cancellationToken) is { } proposing)
            await proposing;
        await MultistreamMessage.ExpectHeaderAsync(inner, options, cancellationToken);
        var answer = await MultistreamMessage.ReadAsync(inner, options, cancellationToken);
        if (answer != protocol)
        {
            inner.Reset();
            throw answer == MultistreamMessage.NotAvailable
                ? new Libp2pException(Libp2pError.UnknownProtocol, $"The peer does not speak {protocol}.")
                : new Libp2pException(Libp2pError.Malformed, "The answer is neither the proposed protocol nor a refusal.");
        }

        _agreed = true;
    }

    /// <summary>
    /// Whoever comes first, the reader or the writer, puts the proposal on the stream, inside the gate: nothing may get in front of it.
    /// </summary>
    private ValueTask? Propose(ReadOnlySpan<byte> data, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _proposed))
            return null;
        lock (_gate)
        {
            if (_proposed)
                return null;
            var proposing = inner.WriteAsync(
                (byte[])[.. MultistreamMessage.Encode(MultistreamMessage.Header, protocol), .. data], cancellationToken);
            if (!proposing.IsCompletedSuccessfully)
                proposing = new ValueTask(_proposal = proposing.AsTask());
            Volatile.Write(ref _proposed, true);
            return proposing;
        }
    }
}
