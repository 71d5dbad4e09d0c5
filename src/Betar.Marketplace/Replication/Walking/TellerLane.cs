using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Walking;

/// <summary>What is asked for on the word of one peer, newest first, and how much of it may be.</summary>
internal sealed class TellerLane(ReplicaOptions options, DateTimeOffset now)
{
    private readonly Allowance _nodes = new(options.NodeBurst, options.NodesPerSecond, now);
    private readonly Allowance _bytes = new(options.ByteBurst, options.BytesPerSecond, now);

    public PriorityQueue<NodeId, (ulong Newest, NodeId Id)> Waiting { get; } = new();

    public int InFlight { get; set; }

    public bool IsOpen(DateTimeOffset now) => _nodes.IsOpen(now) && _bytes.IsOpen(now);

    public TimeSpan Until(DateTimeOffset now) => Max(_nodes.Until(now), _bytes.Until(now));

    public void Spend(int nodes, int bytes, DateTimeOffset now)
    {
        _nodes.Spend(nodes, now);
        _bytes.Spend(bytes, now);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
