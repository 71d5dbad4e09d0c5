using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Betar.Libp2p.Diagnostics;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>Counts for one host, beside the process's metrics.</summary>
internal sealed class GossipMeter
{
    private const string Prefix = "betar.libp2p.pubsub.";
    private const string TopicTag = "topic";
    private static readonly Meter Meter = new(Libp2pInstruments.Name);
    private static readonly ConcurrentDictionary<string, Counter<long>> Counters = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>By the names of <see cref="GossipEvent"/>, those with a reason as <c>name: reason</c>.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    public LimitMeter Limits { get; } = new();

    public long this[string name] => _counts.GetValueOrDefault(name);

    public void Count(string name)
    {
        Note(name);
        Of(name).Add(1);
    }

    /// <param name="name">Of <see cref="GossipEvent"/>.</param>
    /// <param name="topic">One in which we take part, so that there are few.</param>
    public void Count(string name, string topic)
    {
        Note(name);
        Of(name).Add(1, new KeyValuePair<string, object?>(TopicTag, topic));
    }

    public void Reject(string reason)
    {
        Note(GossipEvent.Reject);
        Note($"{GossipEvent.Reject}: {reason}");
        Of(GossipEvent.Reject).Add(1, new KeyValuePair<string, object?>(Libp2pInstruments.ReasonTag, reason));
    }

    private static Counter<long> Of(string name) => Counters.GetOrAdd(name, static name => Meter.CreateCounter<long>(Prefix + name));

    private void Note(string name) => _counts.AddOrUpdate(name, 1, static (_, count) => count + 1);
}
