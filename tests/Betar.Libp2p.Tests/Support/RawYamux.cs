using Betar.Libp2p.Muxing;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Support;

/// <summary>A peer that writes frames by hand, right or wrong, to a session under test.</summary>
internal sealed class RawYamux
{
    private readonly MemoryChannel _channel;

    private RawYamux(MemoryChannel channel, YamuxConnection session, MemoryChannel sessionEnd) =>
        (_channel, Session, SessionEnd) = (channel, session, sessionEnd);

    /// <summary>The session under test.</summary>
    public YamuxConnection Session { get; }

    public MemoryChannel SessionEnd { get; }

    /// <summary>The session under test is the listener, unless told otherwise.</summary>
    public static RawYamux Create(
        Simulated run, YamuxOptions? options = null, bool sessionDials = false, MemoryConditions? conditions = null, IMemoryBudget? budget = null, uint? firstId = null)
    {
        var (ours, its) = Channels.Pair(run.Time, conditions, seed: run.Simulation.Seed);
        var session = new YamuxConnection(
            new PlainLink(its), sessionDials, options ?? YamuxOptions.Default, budget ?? new MemoryBudget(1L << 30), run.Scheduler, run.Time, firstId);
        return new RawYamux(ours, session, its);
    }

    public ValueTask SendAsync(byte[] bytes) => _channel.WriteAsync(bytes, default);

    public ValueTask SendAsync(YamuxFrameType type, YamuxFlags flags, uint id, uint length, byte[]? payload = null)
    {
        var frame = new byte[YamuxHeader.Size + (payload?.Length ?? 0)];
        new YamuxHeader(type, flags, id, length).Write(frame);
        payload?.CopyTo(frame, YamuxHeader.Size);
        return SendAsync(frame);
    }

    public ValueTask SendDataAsync(YamuxFlags flags, uint id, byte[] payload) =>
        SendAsync(YamuxFrameType.Data, flags, id, (uint)payload.Length, payload);

    public async Task<(YamuxHeader Header, byte[] Payload)> ReadAsync()
    {
        var header = new byte[YamuxHeader.Size];
        await _channel.ReadExactlyAsync(header, default);
        Assert.Null(YamuxHeader.Read(header, out var read));
        var payload = new byte[read.Type == YamuxFrameType.Data ? read.Length : 0];
        await _channel.ReadExactlyAsync(payload, default);
        return (read, payload);
    }

    /// <summary>Reads on to the session's goodbye, which has to give this code, and then to the end.</summary>
    public async Task<Libp2pException> ExpectGoAwayAsync(GoAwayCode code)
    {
        YamuxHeader header;
        do
            (header, _) = await ReadAsync();
        while (header.Type != YamuxFrameType.GoAway);
        Assert.Equal((uint)code, header.Length);
        await Session.Completion;
        return await Assert.ThrowsAsync<Libp2pException>(async () => await Session.OpenStreamAsync(default));
    }

    public void HangUp() => _channel.Abort();

    public ValueTask CloseAsync() => _channel.DisposeAsync();
}
