using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange;
using Betar.Blocks.Exchange.Wire;
using Betar.Blocks.Tests.Support;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Tests.Hostile;

/// <summary>Peers that ask for harm.</summary>
public sealed class HostileAskerTests
{
    [Fact]
    public void Want_flood() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 2);
        var (hostile, honest) = (scene.Peers[0], scene.Peers[1]);
        var block = await scene.One.PutAsync(Make.Block(1, 5000));
        for (var message = 0; message < 5; message++)
        {
            var names = Enumerable.Range(0, 5000).Select(number => Make.Block(1_000_000 + (message * 5000) + number, 8).Cid);
            await hostile.WantAsync(scene.One.Id, [.. names.Select(name => new WantEntry(name, WantType.Block))]);
        }

        await run.Wait(TimeSpan.FromSeconds(1));

        // The newest are kept, the others forgotten; and it is still served what is here, as the other one is.
        Assert.Equal(1024, scene.One.Of(hostile.Id).Wants);
        Assert.Equal(25_000 - 1024, scene.One.Hits(BlocksLimit.WantsPerPeer));
        await hostile.WantAsync(scene.One.Id, new WantEntry(block.Cid, WantType.Block));
        await honest.WantAsync(scene.One.Id, new WantEntry(block.Cid, WantType.Block));
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.All(scene.Peers, peer => Assert.Single(peer.Blocks));
    });

    [Fact]
    public void Want_flood_of_what_is_here_is_cut_and_said() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1, options => (options.MaxWantsPerPeer, options.TargetMessageBytes) = (10, 1));
        var hostile = scene.Peers[0];
        var blocks = Make.Blocks(50);
        Assert.True(await scene.One.Store.PutAsync(blocks, default));

        await hostile.WantAsync(scene.One.Id, [.. blocks.Select(block => new WantEntry(block.Cid, WantType.Block))]);
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal(40, scene.One.Hits(BlocksLimit.WantsPerPeer));
        Assert.Equal(10, hostile.Blocks.Count());
        // The others are told that they do not get it, as far as that is remembered for one who may not be reading.
        Assert.InRange(hostile.Presences.Count(presence => !presence.IsHere), 10, 40);
        Assert.Equal(0, scene.One.Of(hostile.Id).Wants);
    });

    [Fact]
    public void Cancel_storm() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1, options => options.MaxWantsPerPeer = 16);
        var hostile = scene.Peers[0];
        var here = Make.Blocks(8, 2000);
        Assert.True(await scene.One.Store.PutAsync(here, default));
        var storm = Enumerable.Range(0, 4000).Select(number =>
        {
            var cid = number % 2 == 0 ? here[number / 2 % here.Length].Cid : Make.Block(10_000 + (number / 4), 8).Cid;
            return new WantEntry(cid, WantType.Block, false, 0, number % 3 == 0);
        });

        await hostile.SendAsync(scene.One.Id, new BitswapMessage { Wants = [.. storm, .. here.Select(block => new WantEntry(block.Cid, WantType.Block, Cancel: true))] });
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.InRange(scene.One.Of(hostile.Id).Wants, 0, 16);
        await hostile.SendAsync(scene.One.Id, new BitswapMessage { Full = true, Wants = [new WantEntry(here[0].Cid, WantType.Block)] });
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Contains(hostile.Blocks, block => block.SequenceEqual(here[0].Data.ToArray()));
    });

    [Fact]
    public void Slow_reader() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 2);
        var (hostile, honest) = (scene.Peers[0], scene.Peers[1]);
        var reading = new TaskCompletionSource();
        hostile.Reading = reading.Task;
        var blocks = Make.Blocks(20, 1024 * 1024);
        Assert.True(await scene.One.Store.PutAsync(blocks, default));

        await hostile.WantAsync(scene.One.Id, [.. blocks.Select(block => new WantEntry(block.Cid, WantType.Block))]);
        await run.Wait(TimeSpan.FromSeconds(1));
        await honest.WantAsync(scene.One.Id, [.. blocks.Select(block => new WantEntry(block.Cid, WantType.Block))]);
        await run.Wait(TimeSpan.FromSeconds(5));

        // One message is under way to it, the other one has everything.
        Assert.Equal(blocks.Length, honest.Blocks.Count());
        Assert.Equal(0, scene.One.Of(hostile.Id).BlocksSent);

        await run.Wait(TimeSpan.FromSeconds(30));
        Assert.Equal(1, scene.One.Hits(BlocksLimit.SendTimeout));
        Assert.Equal(0, scene.One.Of(hostile.Id).Wants);
        reading.SetResult();
    });

    [Fact]
    public void Greedy_peer_does_not_get_more_than_its_turn() => Simulated.Run(async run =>
    {
        // Room for one message at a time, so that it is always somebody's turn.
        await using var scene = await Scene.StartAsync(run, 2, options => (options.MaxOutstandingBytes, options.MaxOutstandingBytesPerPeer, options.TargetMessageBytes) = (100_000, 100_000, 100_000));
        var (greedy, modest) = (scene.Peers[0], scene.Peers[1]);
        var many = Make.Blocks(60, 100_000);
        var few = Enumerable.Range(500, 20).Select(number => Make.Block(number, 100_000)).ToArray();
        Assert.True(await scene.One.Store.PutAsync([.. many, .. few], default));
        var got = new List<char>();
        greedy.OnMessage = (_, message) => Note(got, message, 'g');
        modest.OnMessage = (_, message) => Note(got, message, 'm');

        await greedy.WantAsync(scene.One.Id, [.. many.Select(block => new WantEntry(block.Cid, WantType.Block))]);
        await modest.WantAsync(scene.One.Id, [.. few.Select(block => new WantEntry(block.Cid, WantType.Block))]);
        await run.Wait(TimeSpan.FromSeconds(30));

        // By turns, as one block is all that may be under way: neither waits for the other's end.
        Assert.Equal(80, got.Count);
        Assert.InRange(got.Skip(got.IndexOf('m')).Take(20).Count(who => who == 'm'), 8, 13);
    });

    [Theory]
    [InlineData("ff")]
    [InlineData("00")]
    public void What_is_no_message_ends_the_stream_and_nothing_else(string hex) => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        var bytes = Convert.FromHexString(hex);
        var stream = await scene.Peers[0].Host.OpenStreamAsync(scene.One.Id, BitswapProtocol.V12);
        await stream.WriteAsync((byte[])[(byte)bytes.Length, .. bytes]);
        await run.Wait(TimeSpan.FromMilliseconds(200));

        Assert.Equal(1, scene.One.Hits(BlocksLimit.BadMessage));
        var block = await scene.One.PutAsync(Make.Block(1));
        await scene.Peers[0].WantAsync(scene.One.Id, new WantEntry(block.Cid, WantType.Block));
        await run.Wait(TimeSpan.FromMilliseconds(200));
        Assert.Single(scene.Peers[0].Blocks);
    });

    [Fact]
    public void Giant_message_is_refused_before_memory_is_taken_for_it() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        var head = new byte[Varint.MaxLength];
        var length = Varint.Write(head, (4 * 1024 * 1024) + 1);
        var stream = await scene.Peers[0].Host.OpenStreamAsync(scene.One.Id, BitswapProtocol.V12);
        await stream.WriteAsync(head.AsMemory(0, length));
        await run.Wait(TimeSpan.FromMilliseconds(200));

        Assert.Equal(1, scene.One.Hits(BlocksLimit.MessageBytes));
        Assert.Equal(1, scene.One.Host.LimitHits[BlocksLimit.MessageBytes]);
    });

    [Theory]
    [InlineData(3, BlocksLimit.IncomingBytesPerPeer)]
    [InlineData(1, BlocksLimit.IncomingBytes)]
    public void Many_messages_that_do_not_end_hold_only_so_much(int streams, string limit) => Simulated.Run(async run =>
    {
        var size = 1024 * 1024;
        await using var scene = await Scene.StartAsync(run, limit == BlocksLimit.IncomingBytes ? 3 : 1, options =>
        {
            (options.MaxMessageBytes, options.MaxBlockBytes, options.TargetMessageBytes) = (size, size / 2, size / 4);
            (options.MaxIncomingBytesPerPeer, options.MaxIncomingBytes) = (2 * size, (2 * size) + (limit == BlocksLimit.IncomingBytes ? 0 : size));
        });
        var head = new byte[Varint.MaxLength];
        var length = Varint.Write(head, (ulong)size);
        foreach (var peer in scene.Peers)
        {
            for (var i = 0; i < streams; i++)
            {
                var stream = await peer.Host.OpenStreamAsync(scene.One.Id, BitswapProtocol.V12);
                _ = run.Start(async () =>
                {
                    await stream.WriteAsync(head.AsMemory(0, length));
                    await stream.WriteAsync(new byte[size - 1]);
                });
            }
        }

        await run.Wait(TimeSpan.FromSeconds(2));

        Assert.Equal(1, scene.One.Hits(limit));
    });

    [Fact]
    public void Only_so_many_streams_are_open_towards_us() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1, options => options.InboundStreamsPerPeer = 3);
        var opened = 0;
        for (var i = 0; i < 6; i++)
        {
            var stream = await scene.Peers[0].Host.OpenStreamAsync(scene.One.Id, BitswapProtocol.V12);
            await stream.WriteAsync(new byte[] { 2 });
            _ = run.Start(async () =>
            {
                opened++;
                try
                {
                    Assert.Equal(0, await stream.ReadAsync(new byte[1]));
                }
                catch (IOException)
                {
                    opened--;
                }
            });
        }

        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal(3, opened);
    });

    private static Task Note(List<char> got, BitswapMessage message, char who)
    {
        if (message.Blocks.Count > 0)
            got.Add(who);
        return Task.CompletedTask;
    }
}
