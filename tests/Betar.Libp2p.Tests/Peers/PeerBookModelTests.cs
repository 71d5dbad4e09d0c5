using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Records;
using Betar.Libp2p.Tests.Support;
using Betar.Orleans.Testing;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Peers;

/// <summary>Whatever is heard of a peer in whatever order, the book says what a slow model of the rules says.</summary>
public sealed class PeerBookModelTests
{
    private const int Most = 6;
    private static readonly PeerId Peer = Somebody.Id(1);

    [Fact]
    public void The_book_says_what_the_model_says() => Assert.All(Enumerable.Range(0, 40), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var time = new ManualTimeProvider();
        var options = new PeerStoreOptions { AddressesAfterDisconnect = 3, AddressLife = TimeSpan.FromHours(1) };
        var book = new PeerBook(
            new MemoryPeerStore(4), new MessageLimitOptions { AddressesPerPeer = Most }, options, PeerTies.None, new LimitMeter(), TaskScheduler.Default, time);
        using var key = Somebody.Key(1);
        var model = new Model(time, options);
        for (var step = 0; step < 120; step++)
        {
            time.Advance(TimeSpan.FromMinutes(random.Next(random.Next(8) == 0 ? 90 : 5)));
            switch (random.Next(5))
            {
                case 0:
                    var named = Some(random);
                    book.AddAddressesAsync(Peer, named, default).Wait();
                    model.Add(named);
                    break;
                case 1:
                    book.LeftAsync(Peer, default).Wait();
                    model.Leave();
                    break;
                case 2:
                    var listed = Some(random);
                    book.ApplyAsync(Peer, new IdentifyMessage { ListenAddresses = listed }, null, _ => true, default).Wait();
                    model.Say(listed);
                    break;
                case 3:
                    var record = new PeerRecord(Peer, (ulong)random.Next(1, 12), Some(random));
                    var envelope = record.Seal(key).Encode();
                    book.ApplyAsync(Peer, new IdentifyMessage { SignedPeerRecord = envelope }, record, _ => true, default).Wait();
                    model.Sign(record, envelope);
                    break;
            }

            var found = book.FindAsync(Peer, default).Result;
            var (signed, others) = model.Now;
            Assert.True(
                found.SignedAddresses.SequenceEqual(signed) && found.OtherAddresses.SequenceEqual(others),
                $"seed {TestSeed.Value}, round {round}, step {step}: {string.Join(' ', found.Addresses)} instead of {string.Join(' ', signed.Concat(others))}");
        }
    });

    private static Multiaddr[] Some(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Multiaddr.Parse($"/ip4/8.8.8.8/tcp/{random.Next(1, 12)}"))];

    /// <summary>The rules one by one, without a thought of speed.</summary>
    private sealed class Model(ManualTimeProvider time, PeerStoreOptions options)
    {
        private List<Multiaddr> _signed = [];
        private List<Multiaddr> _others = [];
        private ulong _sequence;
        private byte[] _envelope = [];
        private DateTimeOffset? _seen;

        public (IReadOnlyList<Multiaddr> Signed, IReadOnlyList<Multiaddr> Others) Now =>
            _seen is { } seen && time.GetUtcNow() - seen <= options.AddressLife ? (_signed, _others) : ([], []);

        public void Add(IEnumerable<Multiaddr> addresses)
        {
            Age();
            _others = Cut(addresses.Concat(_others), Most);
            See();
        }

        public void Say(IReadOnlyList<Multiaddr> addresses)
        {
            Age();
            if (_signed.Count == 0)
                _others = Cut(addresses.Concat(_others), Most);
            See();
        }

        public void Sign(PeerRecord record, byte[] envelope)
        {
            Age();
            if (record.Sequence > _sequence || envelope.SequenceEqual(_envelope))
                (_signed, _sequence, _envelope) = (Cut(record.Addresses, Most), record.Sequence, envelope);
            See();
        }

        public void Leave()
        {
            if (_seen is null)
                return;
            var kept = Cut(_signed.Concat(_others), options.AddressesAfterDisconnect);
            (_signed, _others) = ([.. _signed.Where(kept.Contains)], [.. _others.Where(kept.Contains)]);
            See();
        }

        private void Age() => (_signed, _others) = ([.. Now.Signed], [.. Now.Others]);

        private void See() => _seen = time.GetUtcNow();

        private static List<Multiaddr> Cut(IEnumerable<Multiaddr> addresses, int most) => [.. addresses.Distinct().Take(most)];
    }
}
