using System.Net;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Wire;
using Betar.Tests.Shared;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>Peers who say more than they should. The network goes on as without them, what they cost is bounded, and they lose what they are worth.</summary>
public abstract class FloodAttacks
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(500);
    private static readonly GossipScoreOptions Score = new();
    private readonly ITestOutputHelper _output;
    private readonly SimNetwork _network = new(TestSeed.Value);
    private readonly List<SimHost> _hosts;
    private readonly List<Attacker> _liars;
    private readonly byte[] _real;

    /// <param name="output">For the figures.</param>
    /// <param name="honest">Hosts.</param>
    /// <param name="liars">Each has ten victims.</param>
    protected FloodAttacks(ITestOutputHelper output, int honest, int liars)
    {
        _output = output;
        _hosts = _network.AddHosts(honest);
        _network.ConnectAll(_hosts, 6);
        _hosts.ForEach(host => host.Join());
        _real = WireMessage.Sign(new Attacker(_network, 999).Identity, SimNetwork.Topic, 1, new byte[100]).Raw.ToArray();
        _liars = [.. Enumerable.Range(0, liars).Select(number => new Attacker(_network, number) { PassesOn = (_, _) => true })];
        foreach (var liar in _liars)
        {
            foreach (var host in _network.Some(_hosts, 10))
                _network.Connect(liar, host);
        }

        _network.Run(3 * Second);
    }

    /// <summary>Each second each liar tells every peer more often than it may of a hundred messages that there are not.</summary>
    [Fact]
    public void Ihave_spam()
    {
        var limits = new GossipLimitOptions();
        Attack(
            liar =>
            {
                var have = new IHave(SimNetwork.Topic, Invented(100));
                liar.SendAll(rpc => rpc.Have.Add(have));
            },
            times: limits.HavePerHeartbeat + 2);

        Assert.All(Touched(), host => Assert.True(host.Router.Meter.Limits.Count("pubsub.have") > 0));
        // What was promised and did not come is what counts.
        Assert.All(_liars, liar => Assert.All(liar.Victims.Keys.Cast<SimHost>(), victim => Assert.True(victim.ScoreOf(liar) < Score.GossipThreshold)));
    }

    /// <summary>Each second each liar asks each peer for everything that it has ever heard of, again and again.</summary>
    [Fact]
    public void Iwant_flood()
    {
        var known = new HashSet<MessageId>();
        foreach (var liar in _liars)
        {
            liar.PassesOn = (_, message) =>
            {
                known.Add(message.Id);
                return true;
            };
        }

        Attack(liar => liar.SendAll(rpc => rpc.Want.AddRange(known)), times: 20);

        Assert.All(Touched(), host => Assert.True(host.Router.Meter.Limits.Count("pubsub.retransmissions") > 0));
        // Three times on request, and once or so by itself, from each of ten victims.
        var most = known.Count * 400L * 10 * (new GossipMeshOptions().Retransmissions + 2);
        Assert.All(_liars, liar => Assert.True(liar.BytesReceived < most, $"{liar.BytesReceived} of {most}"));
    }

    /// <summary>Each liar comes back into the mesh as often as it is let go.</summary>
    [Fact]
    public void Graft_flood()
    {
        foreach (var liar in _liars)
        {
            liar.PassesOn = null;
            foreach (var victim in liar.Victims.Keys)
            {
                liar.Send(victim, rpc => rpc.Prune.Add(new Prune(SimNetwork.Topic, null)));
            }
        }

        Attack(liar => liar.SendAll(rpc => rpc.Graft.Add(SimNetwork.Topic)), times: 10);

        Assert.All(_liars, liar => Assert.All(liar.Victims.Keys.Cast<SimHost>(), victim =>
        {
            Assert.True(victim.ScoreOf(liar) < Score.GraylistThreshold, $"{victim.ScoreOf(liar)}");
            Assert.DoesNotContain(liar.Id, victim.Router.MeshOf(SimNetwork.Topic));
        }));
    }

    /// <summary>Liars tell of real messages before others do, and never send them.</summary>
    [Fact]
    public void Broken_promises()
    {
        Dictionary<(Attacker Liar, SimPeer Victim), int> lies = [];
        foreach (var liar in _liars)
        {
            liar.PassesOn = (victim, message) =>
            {
                lies[(liar, victim)] = lies.GetValueOrDefault((liar, victim)) + 1;
                liar.Send(victim, rpc => rpc.Have.Add(new IHave(SimNetwork.Topic, [message.Id, .. Invented(1)])));
                return false;
            };
        }

        Attack(_ => { }, times: 1);

        // Who was let go early hears too little to lie to everybody.
        var caught = lies.Keys.Where(pair => ((SimHost)pair.Victim).ScoreOf(pair.Liar) < 0).ToHashSet();
        Assert.True(caught.Count >= lies.Count * 9 / 10, $"{caught.Count} of {lies.Count}");
        Assert.All(lies.Where(pair => pair.Value >= 30), pair => Assert.Contains(pair.Key, caught));
    }

    /// <summary>Fifty forged messages a second from each liar to each victim, in the name of somebody else.</summary>
    [Fact]
    public void Signature_flood()
    {
        var before = _hosts.Sum(host => host.Checked);
        Attack(
            liar =>
            {
                var forged = Enumerable.Range(0, 50).Select(_ => Forged()).ToList();
                liar.SendAll(rpc => rpc.Messages.AddRange(forged));
            },
            times: 1);

        Assert.All(_liars, liar => Assert.All(liar.Victims.Keys.Cast<SimHost>(), victim => Assert.True(victim.ScoreOf(liar) < Score.GraylistThreshold)));
        // Those of the first second, for each victim and liar, and the 60 real ones; afterwards nobody listens.
        Assert.InRange(_hosts.Sum(host => host.Checked) - before, 0, (_liars.Count * 10 * 100) + (60 * _hosts.Count * 2));
    }

    /// <summary>Liars take the names of messages that are still to come, and forge them before they do.</summary>
    [Fact]
    public void A_forgery_under_the_name_of_a_real_message_does_not_keep_it_out()
    {
        foreach (var liar in _liars)
        {
            liar.PassesOn = (victim, message) =>
            {
                var forged = message.Raw.ToArray();
                forged[^1] ^= 1;
                Assert.True(WireMessage.TryRead(forged, 256, out var forgery));
                liar.Send(victim, rpc => rpc.Messages.Add(forgery));
                return false;
            };
        }

        Attack(_ => { }, times: 1);
    }

    /// <summary>Liars say of every message that they do not want it, and forge so that others are told the same.</summary>
    [Fact]
    public void Nobody_is_kept_from_sending_a_message_by_those_who_do_not_want_it()
    {
        foreach (var liar in _liars)
        {
            liar.PassesOn = (victim, message) =>
            {
                liar.Send(victim, rpc => rpc.DontWant.Add(message.Id));
                return false;
            };
        }

        Attack(_ => { }, times: 1, bytes: 2000);
    }

    /// <summary>Fifty peers behind one address are worth less than nothing, and a neighbour of eight is not.</summary>
    [Fact]
    public void Many_behind_one_address()
    {
        var crowd = Enumerable.Range(1_000, 50).Select(number => new Attacker(_network, number) { Address = IPAddress.Parse("203.0.113.7") }).ToList();
        var few = Enumerable.Range(2_000, 8).Select(number => new Attacker(_network, number) { Address = IPAddress.Parse("203.0.113.8") }).ToList();
        foreach (var liar in crowd.Concat(few))
            _network.Connect(liar, _hosts[0]);
        _network.Run(3 * Second);

        Assert.All(crowd, liar => Assert.True(_hosts[0].ScoreOf(liar) < Score.GraylistThreshold));
        Assert.All(few, liar => Assert.True(_hosts[0].ScoreOf(liar) >= 0));
    }

    private void Attack(Action<Attacker> each, int times, int bytes = 200)
    {
        foreach (var liar in _liars)
        {
            liar.Each = own =>
            {
                for (var i = 0; i < times; i++)
                    each(own);
            };
            liar.Begin();
        }

        var report = _network.Talk(_hosts, 60, 20 * Second, bytes);
        _output.WriteLine($"{report}");
        report.Holds(Bound);
        Assert.All(
            _hosts.SelectMany(host => host.Router.Scores).Where(score => _hosts.Any(host => host.Id == score.Peer)),
            score => Assert.True(score.Score >= 0, $"an honest peer is worth {score}"));
    }

    private IEnumerable<SimHost> Touched() => _liars.SelectMany(liar => liar.Victims.Keys).Cast<SimHost>().Distinct();

    private List<MessageId> Invented(int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        var id = new byte[46];
        _network.Random.NextBytes(id);
        return new MessageId(id);
    })];

    /// <summary>A real message whose number is another.</summary>
    private WireMessage Forged()
    {
        var raw = (byte[])_real.Clone();
        _network.Random.NextBytes(raw.AsSpan(raw.AsSpan().IndexOf("\x1a\x08"u8) + 2, MessageId.SequenceLength));
        Assert.True(WireMessage.TryRead(raw, 256, out var message));
        return message;
    }
}
