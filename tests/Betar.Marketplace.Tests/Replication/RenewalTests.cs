using System.Diagnostics;
using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Tests.Replication.Support;
using Xunit.Abstractions;

namespace Betar.Marketplace.Tests.Replication;

/// <summary>What is kept after many changes: metadata by what is live, and so many bytes of blocks for each change.</summary>
public sealed class RenewalTests(ITestOutputHelper output)
{
    /// <summary>The key and value of a listing as the original writes it.</summary>
    private const int ValueBytes = 370;

    [Theory]
    [InlineData(20_000, 1, 660)]
    [InlineData(20_000, 100, 620)]
    public void A_change_costs_so_many_bytes_and_leaves_nothing_else(int changes, int batch, int mostBytes) => Measure(changes, 100, batch, mostBytes);

    [Fact]
    [Trait("Category", "Long")]
    public void A_million_changes_of_a_thousand_listings() => Measure(1_000_000, 1_000, 200, 620);

    private void Measure(int changes, int listings, int batch, int mostBytes) => Simulated.Run(async run =>
    {
        var store = new LeanStore();
        await using var one = await OurNode.StartAsync(new SimNetwork(run), 1, store, new ReplicaOptions { MaxStoreBytes = 1L << 40 });
        var watch = Stopwatch.StartNew();
        for (var change = 0; change < changes; change += batch)
        {
            await one.Replica.WriteAsync(
                [.. Enumerable.Range(change, batch).Select(i => new ReplicaWrite(
                    ListingKey.Of($"did:key:z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNc{i % listings:D4}"), Forge.Bytes($"{i}".PadRight(ValueBytes, 'x'))))],
                default);
        }

        var state = await store.LoadAsync(default);
        var perChange = (double)state.NodeBytes / changes;
        output.WriteLine($"{changes} changes of {listings} listings, {batch} a node: {perChange:0} bytes a change, {changes / watch.Elapsed.TotalSeconds:0} changes/s");
        Assert.Equal((listings, 0, 0, 0), (state.Elements.Count, state.EarlyTombstones.Count, state.Absent.Count, state.Loose.Count));
        Assert.Single(state.Heads);
        Assert.Equal(listings, one.Replica.Entries.Count);
        Assert.True(perChange <= mostBytes, $"{perChange} bytes");
    });
}
