using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>A replica of ours on a host of the simulated network.</summary>
internal sealed class OurNode : IAsyncDisposable
{
    private OurNode(SimHost host, IReplicaStore store, Replica replica) => (Host, Store, Replica) = (host, store, replica);

    public SimHost Host { get; }

    public IReplicaStore Store { get; }

    public Replica Replica { get; }

    public required FaultLog Log { get; init; }

    /// <summary>A test that provokes faults says so.</summary>
    public bool MayFail { get; set; }

    public List<(string Key, string? Value)> Changes { get; } = [];

    public static async Task<OurNode> StartAsync(
        SimNetwork network, int number, IReplicaStore? store = null, ReplicaOptions? options = null, IEntryPolicy? policy = null, bool bulk = true)
    {
        store ??= new MemoryReplicaStore();
        var log = new FaultLog();
        var host = network.Add(number);
        host.Serve = async cid => NodeId.TryFrom(cid, out var id) && await store.FindAsync(id, default) is { } row ? row.Data : (ReadOnlyMemory<byte>?)null;
        var replica = await Replica.OpenAsync(new ReplicaParts
        {
            PubSub = host,
            Source = host,
            Announcer = host,
            Store = store,
            Exchange = bulk ? host : null,
            Options = options ?? new ReplicaOptions(),
            Policy = policy ?? new OpenEntryPolicy(),
            Scheduler = network.Run.Scheduler,
            Time = network.Run.Time,
            Random = new Random(number),
            Loggers = log,
        }, default);
        if (bulk)
            host.AnswerSync = request => replica.AnswerSyncAsync(request, default);
        var node = new OurNode(host, store, replica) { Log = log };
        replica.Changed += (_, change) => node.Changes.Add((change.Key, change.Entry is { } entry ? Forge.Text(entry.Value) : null));
        return node;
    }

    public string? this[string name] => Replica.Find(Forge.Key(name)) is { } entry ? Forge.Text(entry.Value) : null;

    public ValueTask<Cid?> PutAsync(string name, string value) => Replica.WriteAsync([new(Forge.Key(name), Forge.Bytes(value))], default);

    public ValueTask<Cid?> DeleteAsync(string name) => Replica.WriteAsync([new(Forge.Key(name), null)], default);

    public SortedDictionary<string, string> Values() => new(Replica.Entries.ToDictionary(entry => entry.Key, entry => Forge.Text(entry.Value)), StringComparer.Ordinal);

    public string Heads() => string.Join(' ', Replica.Heads);

    public async ValueTask DisposeAsync()
    {
        await Replica.DisposeAsync();
        if (!MayFail)
            Assert.Empty(Log.Faults);
    }
}
