using System.Net;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Peers;

/// <summary>
/// What others say of our address. One peer's word is worth nothing, and so are a thousand of one network, which one person may own: an address
/// is believed when peers of several networks have named it lately.
/// </summary>
internal sealed class ObservedAddresses(ObservedAddressOptions options, LimitMeter meter, TimeProvider time)
{
    public const string CandidatesLimit = "observed.candidates";

    private const int GroupBytes4 = 2;
    private const int GroupBytes6 = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<Multiaddr, Dictionary<IPAddress, DateTimeOffset>> _candidates = [];

    /// <summary>Those that are believed now, the most named first. Believed is not proven: nobody has been reached there yet.</summary>
    public IReadOnlyList<Multiaddr> Believed
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return [.. _candidates.Where(candidate => candidate.Value.Count >= options.Observers)
                    .OrderByDescending(candidate => candidate.Value.Count).Select(candidate => candidate.Key)];
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _candidates.Count;
        }
    }

    /// <param name="observed">The address that the peer named; it must have come in there, so that the port is one that we listen on.</param>
    /// <param name="observer">Where the peer itself is.</param>
    public void Add(Multiaddr observed, Multiaddr observer)
    {
        if (!observed.IsKnown || !AddressScope.IsPublic(observed) || !observed.TryGetIpEndPoint(out _) || GroupOf(observer) is not { } group)
            return;
        lock (_lock)
        {
            Forget();
            if (!_candidates.TryGetValue(observed, out var observers))
            {
                if (_candidates.Count >= options.Candidates)
                    Displace();
                _candidates.Add(observed, observers = []);
            }

            if (observers.ContainsKey(group) || observers.Count < options.ObserversPerAddress)
                observers[group] = time.GetUtcNow();
        }
    }

    /// <summary>A liar can invent addresses without end, but each is named by few.</summary>
    private void Displace()
    {
        meter.Hit(CandidatesLimit);
        _candidates.Remove(_candidates.MinBy(candidate => (candidate.Value.Count, candidate.Value.Values.Max())).Key);
    }

    private void Forget()
    {
        var oldest = time.GetUtcNow() - options.Life;
        foreach (var (candidate, observers) in _candidates)
        {
            foreach (var (group, at) in observers)
            {
                if (at < oldest)
                    observers.Remove(group);
            }

            if (observers.Count == 0)
                _candidates.Remove(candidate);
        }
    }

    private static IPAddress? GroupOf(Multiaddr observer)
    {
        if (!AddressScope.IsPublic(observer) || !observer.TryGetIpEndPoint(out var endPoint))
            return null;
        var address = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bytes.Length == 4 ? GroupBytes4 : GroupBytes6).Clear();
        return new IPAddress(bytes);
    }
}
