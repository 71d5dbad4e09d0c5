using Betar.Libp2p.Muxing;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Muxing;

/// <summary>js-libp2p gives credit back for every single frame of data; that is no flood, however many come at once.</summary>
public sealed class YamuxAnsweredFramesTests
{
    private const int Frames = 2_000;

    [Fact]
    public void One_update_for_every_frame_is_free() => Simulated.Run(async run =>
    {
        var (raw, stream) = await SentAsync(run);

        for (var i = 0; i < Frames; i++)
            await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.None, stream.Id, 1);
        await run.Wait(TimeSpan.FromMilliseconds(1));

        Assert.False(raw.Session.Completion.IsCompleted);
    });

    [Fact]
    public void It_may_come_when_the_stream_is_forgotten() => Simulated.Run(async run =>
    {
        var (raw, stream) = await SentAsync(run);
        stream.Reset();
        Assert.Equal(YamuxFlags.Rst, (await raw.ReadAsync()).Header.Flags & YamuxFlags.Rst);

        for (var i = 0; i < Frames; i++)
            await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.None, stream.Id, 1);
        await run.Wait(TimeSpan.FromMilliseconds(1));

        Assert.False(raw.Session.Completion.IsCompleted);
    });

    [Fact]
    public void Many_more_updates_than_frames_are_a_flood() => Simulated.Run(async run =>
    {
        var (raw, stream) = await SentAsync(run);
        var most = Frames + (3 * YamuxOptions.Default.ControlFramesPerSecond) + 1;

        for (var i = 0; i < most && !raw.Session.Completion.IsCompleted; i++)
        {
            await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.None, stream.Id, 1);
            await run.Wait(TimeSpan.FromTicks(1));
        }

        await raw.Session.Completion;
    });

    private static async Task<(RawYamux Raw, MuxedStream Stream)> SentAsync(Simulated run)
    {
        var raw = RawYamux.Create(run, sessionDials: true);
        var stream = await raw.Session.OpenStreamAsync(default);
        for (var i = 0; i < Frames; i++)
        {
            await stream.WriteAsync(new byte[1], default);
            Assert.Single((await raw.ReadAsync()).Payload);
        }

        return (raw, stream);
    }
}
