using System.Text;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Replication.Graph;
using Betar.Marketplace.Replication.Sets;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication;

public sealed partial class Replica
{
    /// <summary>Bytes of a node beside its elements and tombstones: links, priority, lengths.</summary>
    private const int NodeFrame = 4096;

    /// <summary>Bytes that a tombstone takes beside its key.</summary>
    private const int TombstoneFrame = 80;

    /// <remarks>
    /// A write also removes what it writes over, so that the set does not grow with renewals. A delete of more writings than fit takes further
    /// nodes; the last one is answered.
    /// </remarks>
    public ValueTask<Cid?> WriteAsync(IReadOnlyList<ReplicaWrite> writes, CancellationToken cancellationToken)
    {
        Check(writes);
        cancellationToken.ThrowIfCancellationRequested();
        return new(_work.RunAsync(() => WriteInTurnAsync(writes)));
    }

    private void Check(IReadOnlyList<ReplicaWrite> writes)
    {
        if (writes.Count > _options.MaxWrites)
            throw new ArgumentException($"{writes.Count} writes at once; {nameof(ReplicaOptions.MaxWrites)} is {_options.MaxWrites}.", nameof(writes));
        var judge = new NodeJudge(_options);
        foreach (var write in writes)
        {
            if (judge.OfElement(DeltaElement.Put(write.Key, write.Value ?? default)) is var reason and not QuarantineReason.None)
                throw new ArgumentException($"The write of {write.Key[..Math.Min(write.Key.Length, 64)]} would have no effect: {reason}.", nameof(writes));
        }

        if (writes.Select(write => write.Key).Distinct(StringComparer.Ordinal).Count() != writes.Count)
            throw new ArgumentException("A key is written twice.", nameof(writes));
        if (writes.Sum(write => (long)DeltaCodec.SizeOf(write.Key, write.Value?.Length ?? 0)) > _options.MaxNodeBytes - NodeFrame)
            throw new ArgumentException($"The writes are longer than a node may be, {nameof(ReplicaOptions.MaxNodeBytes)} = {_options.MaxNodeBytes}.", nameof(writes));
    }

    private async Task<Cid?> WriteInTurnAsync(IReadOnlyList<ReplicaWrite> writes)
    {
        Cid? last = null;
        var buried = new HashSet<(string, NodeId)>();
        while (Plan(writes, buried) is { } delta)
        {
            var heads = NextHeads();
            var node = NodeCodec.Decode(NodeCodec.Encode(heads, delta with { Priority = _intake.NextPriority }));
            await GuardAsync(async () =>
            {
                if (await _intake.TakeAsync(node, new NodeOrigin(null, true, _time.GetUtcNow()), null) == TakeResult.NoRoom)
                    throw new InvalidOperationException($"No room for a write of our own: {nameof(ReplicaOptions.MaxStoreBytes)} and {nameof(ReplicaOptions.OwnStoreBytes)} are used up.");
                await _intake.CommitAsync();
            });
            last = node.Id.ToCid();
            await TellAsync([node.Id]);

            // What remains to be deleted did not fit; everything else is done.
            writes = [.. writes.Where(write => write.Value is null)];
        }

        return last;
    }

    /// <summary>At most as many heads as a node may have links; the highest first.</summary>
    private List<NodeId> NextHeads()
    {
        IReadOnlyList<NodeId> heads = _intake.Heads;
        if (heads.Count > _options.MaxLinks)
            heads = [.. heads.OrderByDescending(_intake.RankOf).ThenBy(head => head).Take(_options.MaxLinks)];
        return [.. heads.Order()];
    }

    /// <summary>Null: nothing would change.</summary>
    /// <param name="writes">What is wanted.</param>
    /// <param name="buried">Tombstones that were written already: on a loose head they count only later.</param>
    private Delta? Plan(IReadOnlyList<ReplicaWrite> writes, HashSet<(string, NodeId)> buried)
    {
        var (elements, tombstones) = (new List<DeltaElement>(), new List<DeltaElement>());
        var changed = writes.Where(Changes).ToList();
        var room = _options.MaxNodeBytes - NodeFrame;
        foreach (var write in changed.Where(write => write.Value is not null))
        {
            elements.Add(DeltaElement.Put(write.Key, write.Value!.Value));
            room -= DeltaCodec.SizeOf(write.Key, write.Value.Value.Length);
        }

        // Deletes first: a put counts even where something older stays.
        foreach (var write in changed.OrderBy(write => write.Value is not null))
        {
            foreach (var id in WritingsOf(write.Key).Where(id => !buried.Contains((write.Key, id))))
            {
                room -= Encoding.UTF8.GetByteCount(write.Key) + TombstoneFrame;
                if (room < 0 || tombstones.Count == _options.MaxTombstones)
                    return new Delta(elements, tombstones, 0);
                tombstones.Add(DeltaElement.Tombstone(write.Key, id));
                buried.Add((write.Key, id));
            }
        }

        return elements.Count + tombstones.Count == 0 ? null : new Delta(elements, tombstones, 0);
    }

    private bool Changes(ReplicaWrite write) => write.Value is { } value
        ? WinnerOf(write.Key) is not { } winner || !winner.Value.Span.SequenceEqual(value.Span)
        : WritingsOf(write.Key).Any();

    private IEnumerable<NodeId> WritingsOf(string key) =>
        _intake.Set.WritingsOf(key).Concat(_intake.LooseValues.WritingsOf(key)).Distinct();
}
