using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Replication;

namespace Betar.Marketplace.Tests.Support;

/// <summary>One node's replica of a <see cref="FakeSet"/>.</summary>
internal sealed class FakeReplica : IReplica
{
    private readonly MarketWorld _world;
    private readonly PeerId _self;
    private readonly Dictionary<string, DateTimeOffset> _seen = [];

    public FakeReplica(MarketWorld world, PeerId self)
    {
        (_world, _self) = (world, self);
        world.Set.Join(this);
    }

    public event EventHandler<ReplicaChangedEventArgs>? Changed;

    public IReadOnlyList<ReplicaEntry> Entries => [.. _world.Set.Keys.Select(key => Find(key)!)];

    public ValueTask<Cid?> WriteAsync(IReadOnlyList<ReplicaWrite> writes, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Cid?>(_world.Set.Write(_self, writes));

    public ReplicaEntry? Find(string key) => _world.Set.Find(key, _self, _seen.GetValueOrDefault(key, _world.Time.GetUtcNow()));

    /// <summary>What an original node does with what it hears: a local write of its own.</summary>
    public void Put(Listing listing) => _world.Set.Write(_self, [new ReplicaWrite(ListingKey.Of(listing.Id), ListingJson.Encode(listing))]);

    public void Put(string key, byte[] value) => _world.Set.Write(_self, [new ReplicaWrite(key, value)]);

    public void Delete(string id) => _world.Set.Write(_self, [new ReplicaWrite(ListingKey.Of(id), null)]);

    public void Tell(string key)
    {
        _seen[key] = _world.Time.GetUtcNow();
        Changed?.Invoke(this, new ReplicaChangedEventArgs(key, Find(key)));
    }
}
