using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.Tests.PubSub.Wire;

/// <summary>Frames by chance.</summary>
internal static class Rpcs
{
    public static GossipRpc Random(Random random, IdentityKey author)
    {
        var rpc = new GossipRpc();
        rpc.Subscriptions.AddRange(Some(() => new SubscriptionChange(random.Next(2) == 0, Name())));
        rpc.Messages.AddRange(Some(() => WireMessage.Sign(author, Name(), (ulong)random.NextInt64(), Bytes(300))));
        rpc.Have.AddRange(Some(() => new IHave(Name(), [Id(), .. Some(Id)])));
        rpc.Want.AddRange(Some(Id));
        rpc.Graft.AddRange(Some(Name));
        rpc.Prune.AddRange(Some(() => new Prune(Name(), random.Next(2) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, 1000)))
        {
            Offered = [.. Some(() => new OfferedPeer(Bytes(40), Bytes(300)))],
        }));
        rpc.DontWant.AddRange(Some(Id));
        rpc.Graft.Add("at least one");
        return rpc;

        string Name() => "topic " + random.Next(1000);
        byte[] Bytes(int most)
        {
            var bytes = new byte[random.Next(1, most)];
            random.NextBytes(bytes);
            return bytes;
        }

        MessageId Id() => new(Bytes(64));
        IEnumerable<T> Some<T>(Func<T> make) => Enumerable.Range(0, random.Next(6)).Select(_ => make());
    }
}
