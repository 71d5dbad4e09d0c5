using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;
using Betar.Tests.Shared;
using Xunit.Abstractions;

namespace Betar.Marketplace.Tests.Replication;

/// <summary>Messages are lost, doubled, late and out of order, hosts part and meet; in the end all agree on what the model says.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 6).Select(i => TestSeed.Value + i)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Three_to_eight_replicas_agree_in_the_end(int seed) => Simulated.Run(seed, async run =>
    {
        var random = new Random(seed);
        var network = new SimNetwork(run, seed) { LostOfHundred = 20, TwiceOfHundred = 20, Jitter = TimeSpan.FromMilliseconds(700) };
        var nodes = new List<OurNode>();
        for (var number = 0; number < 3 + (seed % 6); number++)
            nodes.Add(await OurNode.StartAsync(network, number + 1, bulk: random.Next(2) == 0));
        for (var step = 0; step < 60; step++)
        {
            var node = nodes[random.Next(nodes.Count)];
            if (random.Next(4) == 0)
                await node.DeleteAsync("k" + random.Next(6));
            else
                await node.PutAsync("k" + random.Next(6), $"{step} by {random.Next(3)}");
            if (random.Next(10) == 0)
            {
                var group = nodes.Where(_ => random.Next(2) == 0).Select(member => member.Host).ToList();
                network.SetConnected(group, [.. nodes.Select(member => member.Host).Except(group)], random.Next(2) == 0);
            }

            await run.Wait(TimeSpan.FromMilliseconds(random.Next(400)));
        }

        network.LostOfHundred = 0;
        var hosts = nodes.Select(node => node.Host).ToList();
        network.SetConnected(hosts, hosts, true);
        var took = await run.UntilAsync(() => Waiting.Agree(nodes), TimeSpan.FromMinutes(3));

        var all = new List<ReplicaNode>();
        foreach (var row in await nodes[0].Store.ReadAsync(0, int.MaxValue, default))
            all.Add(NodeCodec.Decode(row.Id, row.Data));
        Assert.Equal(SlowSet.Of(all), new(nodes[0].Replica.Entries.ToDictionary(entry => entry.Key, entry => Convert.ToHexString(entry.Value.Span)), StringComparer.Ordinal));
        output.WriteLine($"seed {seed}: {nodes.Count} replicas, {all.Count} nodes, agreed after {took.TotalSeconds:0.0} s");
        foreach (var node in nodes)
            await node.DisposeAsync();
    });

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void After_60_seconds_apart_with_writes_on_both_sides_all_agree_within_5_seconds(int perSide) => Simulated.Run(TestSeed.Value, async run =>
    {
        var network = new SimNetwork(run, TestSeed.Value);
        var nodes = new List<OurNode>();
        for (var number = 0; number < 2 * perSide; number++)
            nodes.Add(await OurNode.StartAsync(network, number + 1));
        var hosts = nodes.Select(node => node.Host).ToList();
        await nodes[0].PutAsync("both", "before");
        await run.UntilAsync(() => Waiting.Agree(nodes));

        network.SetConnected(hosts[..perSide], hosts[perSide..], false);
        for (var second = 0; second < 60; second++)
        {
            foreach (var (node, number) in nodes.Select((node, number) => (node, number)))
                await node.PutAsync(number % 3 == 0 ? "both" : "own" + number, $"{second} of {number}");
            await run.Wait(TimeSpan.FromSeconds(1));
        }

        network.SetConnected(hosts[..perSide], hosts[perSide..], true);
        var took = await run.UntilAsync(() => Waiting.Agree(nodes), TimeSpan.FromSeconds(5));

        output.WriteLine($"{nodes.Count} replicas: {took.TotalMilliseconds} ms");
        foreach (var node in nodes)
            await node.DisposeAsync();
    });

    [Fact]
    public void One_seed_is_one_trace()
    {
        Assert.Equal(Trace(), Trace());

        static IReadOnlyList<string> Trace() => Simulated.Run(5, async run =>
        {
            var network = new SimNetwork(run, 5) { Jitter = TimeSpan.FromMilliseconds(100), LostOfHundred = 10 };
            await using var one = await OurNode.StartAsync(network, 1);
            await using var two = await OurNode.StartAsync(network, 2);
            for (var i = 0; i < 10; i++)
            {
                await one.PutAsync("a" + i, "1");
                await two.PutAsync("b" + i, "1");
                await run.Wait(TimeSpan.FromMilliseconds(50));
            }

            await run.Wait(TimeSpan.FromMinutes(2));
        });
    }
}
