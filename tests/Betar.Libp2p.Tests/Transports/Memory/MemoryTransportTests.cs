using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Transports.Memory;

public sealed class MemoryTransportTests
{
    [Fact]
    public void A_listener_is_found_by_its_number_until_it_is_closed() => Simulated.Run(async run =>
    {
        var transport = new MemoryTransport(new MemoryNetwork(run.Time));
        var listening = await transport.ListenAsync(Multiaddr.Parse("/memory/0"), default);
        Assert.True(transport.CanDial(listening.Address));

        var dialled = await transport.DialAsync(listening.Address, default);
        var accepted = (await listening.AcceptAsync(default))!;
        Assert.Equal(dialled.Local, accepted.Remote);
        Assert.Equal(listening.Address, accepted.Local);
        await ExpectCodeAsync(Libp2pError.Refused, async () => await transport.ListenAsync(listening.Address, default));

        await listening.DisposeAsync();
        Assert.Null(await listening.AcceptAsync(default));
        await ExpectCodeAsync(Libp2pError.Refused, async () => await transport.DialAsync(listening.Address, default));
        await ExpectCodeAsync(Libp2pError.NotDialable, async () => await transport.DialAsync(Multiaddr.Parse("/ip4/1.2.3.4/tcp/5"), default));
    });

    [Fact]
    public void Bytes_take_their_time_and_a_dial_takes_a_round_trip() => Simulated.Run(async run =>
    {
        var delay = TimeSpan.FromMilliseconds(30);
        var transport = new MemoryTransport(new MemoryNetwork(run.Time) { Conditions = new MemoryConditions { Delay = delay } });
        var listening = await transport.ListenAsync(Multiaddr.Parse("/memory/0"), default);
        var began = run.Time.GetUtcNow();

        var dialled = await transport.DialAsync(listening.Address, default);
        Assert.Equal(delay * 2, run.Time.GetUtcNow() - began);
        await dialled.WriteAsync(new byte[] { 1 }, default);
        await dialled.WriteAsync(new byte[] { 2 }, default);
        await dialled.DisposeAsync();
        var accepted = (await listening.AcceptAsync(default))!;
        var both = new byte[2];
        await accepted.ReadExactlyAsync(both, default);

        Assert.Equal(delay * 3, run.Time.GetUtcNow() - began);
        Assert.Equal([1, 2], both);
        Assert.Equal(0, await accepted.ReadAsync(both, default));
    });

    [Fact]
    public void What_is_held_arrives_when_it_is_let_go() => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time);
        up.Hold();
        await up.WriteAsync(new byte[] { 1 }, default);
        var reading = down.ReadAsync(new byte[9], default).AsTask();
        await run.Wait(TimeSpan.FromHours(1));
        Assert.False(reading.IsCompleted);

        up.Release();

        Assert.Equal(1, await reading);
    });

    [Fact]
    public void A_full_line_makes_the_writer_wait() => Simulated.Run(async run =>
    {
        var (up, down) = Channels.Pair(run.Time, new MemoryConditions { Capacity = 10 });
        await up.WriteAsync(new byte[10], default);
        var writing = up.WriteAsync(new byte[1], default).AsTask();
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.False(writing.IsCompleted);

        await down.ReadAsync(new byte[10], default);

        await writing;
    });

    [Fact]
    public void A_line_can_be_cut_or_end_too_early() => Simulated.Run(async run =>
    {
        var (cut, cutEnd) = Channels.Pair(run.Time, new MemoryConditions { CutAfter = 5 });
        await cut.WriteAsync(new byte[8], default);
        await cutEnd.ReadExactlyAsync(new byte[5], default);
        await ExpectCodeAsync(Libp2pError.ConnectionClosed, async () => await cutEnd.ReadAsync(new byte[1], default));
        await ExpectCodeAsync(Libp2pError.ConnectionClosed, async () => await cut.WriteAsync(new byte[1], default));

        var (shortened, far) = Channels.Pair(run.Time, new MemoryConditions { TruncateAfter = 5 });
        await shortened.WriteAsync(new byte[8], default);
        await far.ReadExactlyAsync(new byte[5], default);
        Assert.Equal(0, await far.ReadAsync(new byte[1], default));
    });

    [Fact]
    public void The_seed_decides_how_it_fragments() => Simulated.Run(async run =>
    {
        async Task<List<int>> SizesAsync(int seed)
        {
            var (up, down) = Channels.Pair(run.Time, new MemoryConditions { RandomReads = true, LargestRead = 50 }, seed: seed);
            await up.WriteAsync(new byte[1000], default);
            await up.DisposeAsync();
            var sizes = new List<int>();
            var buffer = new byte[200];
            while (await down.ReadAsync(buffer, default) is var count and > 0)
                sizes.Add(count);
            return sizes;
        }

        var first = await SizesAsync(3);
        Assert.Equal(first, await SizesAsync(3));
        Assert.NotEqual(first, await SizesAsync(4));
        Assert.All(first, size => Assert.InRange(size, 1, 50));
    });

    private static async Task ExpectCodeAsync(Libp2pError code, Func<Task> action) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<Libp2pException>(action)).Code);
}
