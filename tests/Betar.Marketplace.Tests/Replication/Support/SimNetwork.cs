using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.Tests.Support;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>Hosts in virtual time: a topic that everybody hears who is connected, blocks that are asked for, links with a delay and with faults.</summary>
internal sealed class SimNetwork(Simulated run, int seed = 1, int milliseconds = 20)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<PeerId, SimHost> _hosts = [];
    private readonly HashSet<(PeerId, PeerId)> _cut = [];

    public Simulated Run => run;

    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>Of a hundred messages so many are lost, and so many come twice.</summary>
    public int LostOfHundred { get; set; }

    public int TwiceOfHundred { get; set; }

    /// <summary>Messages take up to so much longer, so that they overtake each other.</summary>
    public TimeSpan Jitter { get; set; }

    public int Messages { get; private set; }

    public IEnumerable<SimHost> Hosts => _hosts.Values;

    public SimHost Add(int number)
    {
        var host = new SimHost(this, Peers.Id(number));
        _hosts.Add(host.Id, host);
        return host;
    }

    public void Remove(SimHost host) => _hosts.Remove(host.Id);

    public SimHost? Find(PeerId id) => _hosts.GetValueOrDefault(id);

    public bool AreConnected(PeerId one, PeerId other) => one != other && _hosts.ContainsKey(one) && _hosts.ContainsKey(other) && !_cut.Contains((one, other));

    public IEnumerable<SimHost> NeighboursOf(PeerId id) => _hosts.Values.Where(host => AreConnected(id, host.Id)).ToList();

    /// <summary>Ends or renews the connections between two groups; both sides see it.</summary>
    public void SetConnected(IReadOnlyCollection<SimHost> ones, IReadOnlyCollection<SimHost> others, bool connected)
    {
        foreach (var one in ones)
        {
            foreach (var other in others.Where(other => other != one))
            {
                if (connected)
                    _ = _cut.Remove((one.Id, other.Id)) | _cut.Remove((other.Id, one.Id));
                else
                    _ = _cut.Add((one.Id, other.Id)) | _cut.Add((other.Id, one.Id));
                one.Saw(other, connected);
                other.Saw(one, connected);
            }
        }
    }

    /// <summary>Sends to everybody who is connected; faults are the network's.</summary>
    public int Publish(SimHost from, string topic, byte[] data)
    {
        var sent = 0;
        foreach (var to in NeighboursOf(from.Id).Where(host => host.TakesPartIn(topic)))
        {
            sent++;
            Messages++;
            if (_random.Next(100) < LostOfHundred)
                continue;
            for (var copies = _random.Next(100) < TwiceOfHundred ? 2 : 1; copies > 0; copies--)
                _ = run.Start(() => DeliverAsync(from, to, topic, data));
        }

        return sent;
    }

    public async Task TravelAsync(CancellationToken cancellationToken = default) =>
        await Task.Delay(Delay + (Jitter * _random.NextDouble()), run.Time, cancellationToken);

    private async Task DeliverAsync(SimHost from, SimHost to, string topic, byte[] data)
    {
        await TravelAsync();
        if (AreConnected(from.Id, to.Id) && _hosts.GetValueOrDefault(to.Id) == to)
            await to.HearAsync(new PubSubMessage(topic, from.Id, from.Id, 0, data));
    }
}
