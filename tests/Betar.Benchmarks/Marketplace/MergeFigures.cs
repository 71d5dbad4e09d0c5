using System.Diagnostics;
using Betar.Benchmarks.Harness;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Graph;
using Betar.Marketplace.Replication.Sets;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Benchmarks.Marketplace;

/// <summary>Nodes of others become values, from their bytes on: named, read, settled, judged, merged and committed to a store in memory. On one thread.</summary>
internal static class MergeFigures
{
    public const string Part = "merge";

    private const int Elements = 50_000;
    private const int Batch = 200;
    private const int CommitEvery = 64;
    private const int ValueBytes = 370;

    public static async Task AddAsync(BenchContext context)
    {
        int count = context.Repetitions(Elements, 2_000);
        await AddAsync(context, "merge.batches", Chain(count / Batch, Batch), $"{Batch} elements in a node");
        await AddAsync(context, "merge.single", Chain(count, 1), "one element in a node, as an original writes it");
    }

    private static async Task AddAsync(BenchContext context, string id, List<byte[]> chain, string note)
    {
        IReadOnlyList<double> rounds = await context.RoundsAsync(id, () => TakeAsync(chain));
        context.Add(id, "elements/s", rounds, Goal.AtLeast(20_000), null, $"{note}; values of {ValueBytes} bytes; one thread");
    }

    private static async Task<double> TakeAsync(List<byte[]> chain)
    {
        GC.Collect();
        var intake = new Intake(new ReplicaOptions(), new OpenEntryPolicy(), new MemoryReplicaStore());
        await intake.LoadAsync();
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        int elements = 0;
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < chain.Count; i++)
        {
            ReplicaNode node = NodeCodec.Decode(chain[i]);
            if (await intake.TakeAsync(node, new NodeOrigin(null, false, now), null) != TakeResult.Taken)
                throw new InvalidOperationException("A node was not taken.");
            elements += node.Delta!.Elements.Count;
            if (i % CommitEvery == CommitEvery - 1)
                await intake.CommitAsync();
        }

        await intake.CommitAsync();
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return intake.Set.Count == elements ? elements / seconds : throw new InvalidOperationException($"Of {elements} elements {intake.Set.Count} are there.");
    }

    private static List<byte[]> Chain(int nodes, int elements)
    {
        var chain = new List<byte[]>(nodes);
        NodeId[] parents = [];
        for (int i = 0; i < nodes; i++)
        {
            var delta = new Delta([.. Enumerable.Range(i * elements, elements).Select(Element)], [], (ulong)i + 1);
            byte[] bytes = NodeCodec.Encode(parents, delta);
            parents = [NodeId.Of(bytes)];
            chain.Add(bytes);
        }

        return chain;
    }

    private static DeltaElement Element(int number)
    {
        var value = new byte[ValueBytes];
        new Random(number).NextBytes(value);
        return DeltaElement.Put($"/agents/agent{number}", value);
    }
}
