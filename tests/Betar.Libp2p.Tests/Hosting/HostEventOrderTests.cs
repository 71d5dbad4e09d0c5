using Betar.Libp2p.Events;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Hosting;

/// <summary>Whatever peers do and in whatever order the machine runs it, events come in an order on which an application can build.</summary>
public sealed class HostEventOrderTests
{
    [Fact]
    public void Of_every_connection_the_beginning_comes_first_and_the_end_last_and_once() => Assert.All(
        Enumerable.Range(TestSeed.Value, 25), seed => Simulated.Run(seed, async run =>
        {
            var network = new MemoryNetwork(run.Time, seed) { Conditions = new MemoryConditions { LargestRead = 1 + (seed % 200) } };
            await using var pair = await HostPair.StartAsync(network, listener => listener.WithEcho());
            await using var third = HostPair.Builder(network, 3).Build();
            await third.StartAsync();
            var random = new Random(seed);
            var heard = new List<HostEventArgs>();
            pair.Listener.PeerChanged += (_, args) => heard.Add(args);
            for (var step = 0; step < 12; step++)
            {
                var host = random.Next(2) == 0 ? pair.Dialer : third;
                switch (random.Next(4))
                {
                    case 0:
                        await host.DisconnectAsync(pair.Listener.PeerId);
                        break;
                    case 1:
                        pair.Listener.Handle($"/step/{step}", (_, _) => Task.CompletedTask);
                        host.Handle($"/step/{step}", (_, _) => Task.CompletedTask);
                        break;
                    default:
                        await host.ConnectAsync(pair.Address);
                        break;
                }

                await run.Wait(TimeSpan.FromMilliseconds(random.Next(800)));
            }

            await pair.Dialer.StopAsync();
            await third.StopAsync();
            await run.Wait(TimeSpan.FromSeconds(5));

            Assert.Empty(pair.Listener.Connections);
            foreach (var connection in heard.GroupBy(args => (args.Peer, args.Connection.OpenedAt, args.Connection.Remote)))
            {
                var kinds = connection.Select(args => args.Kind).ToList();
                Assert.Equal(HostEventKind.Connected, kinds[0]);
                Assert.Single(kinds, kind => kind == HostEventKind.Connected);
                Assert.Single(kinds, kind => kind == HostEventKind.Disconnected);
                // What was said last may be heard after the end, never before the beginning; a change always follows its message.
                Assert.All(kinds.Index(), entry => Assert.True(
                    entry.Item != HostEventKind.ProtocolsChanged || kinds[entry.Index - 1] == HostEventKind.Identified, string.Join(' ', kinds)));
                Assert.All(connection, args => Assert.Equal(args.Kind is HostEventKind.Identified or HostEventKind.ProtocolsChanged, args.Identified is not null));
            }
        }));

    [Fact]
    public void A_protocol_change_is_told_only_when_there_is_one() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await pair.Dialer.ConnectAsync(pair.Address);
        await run.Wait(TimeSpan.FromSeconds(1));
        var heard = new List<HostEventKind>();
        pair.Dialer.PeerChanged += (_, args) => heard.Add(args.Kind);

        await pair.Dialer.IdentifyAsync(pair.Listener.PeerId);
        await pair.Dialer.IdentifyAsync(pair.Listener.PeerId);

        Assert.Equal([HostEventKind.Identified, HostEventKind.Identified], heard);
    });

    [Fact]
    public void Who_has_stopped_listening_to_events_hears_none() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        var heard = 0;
        void Count(object? sender, HostEventArgs args) => heard++;
        pair.Dialer.PeerChanged += Count;
        await pair.Dialer.ConnectAsync(pair.Address);
        pair.Dialer.PeerChanged -= Count;
        var before = heard;
        await pair.Dialer.DisconnectAsync(pair.Listener.PeerId);
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.InRange(before, 1, 3);
        Assert.Equal(before, heard);
    });
}
