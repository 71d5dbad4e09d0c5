using System.Net;

namespace Betar.Libp2p.Limits;

/// <summary>What those behind one address have open, and how often they come.</summary>
/// <param name="name">Under which hits are counted.</param>
internal sealed class AddressLimits(string name, int halfOpen, int inbound, AddressRates rates)
{
    public const string NewPerSecond = ".new_per_second";

    public string RateLimit { get; } = name + NewPerSecond;

    public AddressRates Rates { get; } = rates;

    public ScopeTable<IPAddress> HalfOpen { get; } = new(name + "_half_open", _ => new ScopeLimitOptions { InboundConnections = halfOpen });

    public ScopeTable<IPAddress> Inbound { get; } = new(name, _ => new ScopeLimitOptions { InboundConnections = inbound });

    public int Count => HalfOpen.Count + Inbound.Count;
}
