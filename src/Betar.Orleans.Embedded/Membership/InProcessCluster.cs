using System.Collections.Concurrent;
using System.Net;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded;

/// <summary>What the silos and clients of one cluster share when they share a process.</summary>
internal sealed class InProcessCluster
{
    private static readonly Dictionary<(string Service, string Cluster, int Primary), InProcessCluster> Known = [];
    private readonly HashSet<int> _gateways = [];
    private int _generation;
    private int _members;

    public InProcessCluster()
    {
        Directory = new InProcessDirectory(Membership);
    }

    public ISiloMembership Membership { get; init; } = new InProcessMembership();

    public ISiloDirectory Directory { get; init; }

    public ISiloLink Link { get; init; } = new InProcessLink();

    /// <summary>Things that outlive a silo, like states in memory and reminders in memory.</summary>
    public ConcurrentDictionary<string, object> Shared { get; } = new();

    /// <summary>The cluster that silos with this primary form, made by whoever comes first.</summary>
    public static InProcessCluster OfSilo(string service, string cluster, int primaryPort, int gatewayPort)
    {
        lock (Known)
        {
            if (!Known.TryGetValue((service, cluster, primaryPort), out var known))
                Known[(service, cluster, primaryPort)] = known = new InProcessCluster();
            known._gateways.Add(gatewayPort);
            return known;
        }
    }

    /// <summary>The cluster that has this gateway.</summary>
    public static InProcessCluster? OfClient(string service, string cluster, int gatewayPort)
    {
        lock (Known)
        {
            return Known.FirstOrDefault(known =>
                known.Key.Service == service && known.Key.Cluster == cluster && known.Value._gateways.Contains(gatewayPort)).Value;
        }
    }

    public SiloAddress NewSiloAddress(int port) => SiloAddress.New(IPAddress.Loopback, port, Interlocked.Increment(ref _generation));

    public SiloAddress NewClientAddress() => SiloAddress.New(IPAddress.Loopback, 0, -Interlocked.Increment(ref _generation));

    public void Enter() => Interlocked.Increment(ref _members);

    /// <summary>The last one to leave forgets the cluster.</summary>
    public void Leave()
    {
        lock (Known)
        {
            if (Interlocked.Decrement(ref _members) > 0)
                return;
            foreach (var (key, cluster) in Known)
            {
                if (ReferenceEquals(cluster, this))
                    Known.Remove(key);
            }
        }
    }
}
