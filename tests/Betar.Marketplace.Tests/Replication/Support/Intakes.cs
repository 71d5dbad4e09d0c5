using Betar.Libp2p.Identity;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Graph;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>An intake on a store, without a network.</summary>
internal static class Intakes
{
    public static async Task<Intake> OpenAsync(IReplicaStore? store = null, ReplicaOptions? options = null, IEntryPolicy? policy = null)
    {
        var intake = new Intake(options ?? new ReplicaOptions(), policy ?? new OpenEntryPolicy(), store ?? new MemoryReplicaStore());
        await intake.LoadAsync();
        return intake;
    }

    public static async Task TakeAsync(this Intake intake, IEnumerable<ReplicaNode> nodes, PeerId? teller = null, int commitEvery = 1)
    {
        var count = 0;
        foreach (var node in nodes)
        {
            await intake.TakeAsync(node, new(null, false, Forge.Then), teller);
            if (++count % commitEvery == 0)
                await intake.CommitAsync();
        }

        await intake.CommitAsync();
        if (intake.NeedsRebuild)
            await intake.RebuildAsync();
    }

    public static SortedDictionary<string, string> Values(this Intake intake)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in intake.Set.Keys)
            values[key] = Convert.ToHexString(intake.Set.Find(key)!.Value.Span);
        return values;
    }

    public static string? Text(this Intake intake, string name) => intake.Set.Find(Forge.Key(name)) is { } winner ? Forge.Text(winner.Value) : null;
}
