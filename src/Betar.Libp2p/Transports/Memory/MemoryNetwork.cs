using System.Collections.Concurrent;
using System.Globalization;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports.Memory;

/// <summary>Where listeners in memory are found. The seed and the conditions hold for every connection made here.</summary>
internal sealed class MemoryNetwork(TimeProvider time, int seed = 0)
{
    private readonly ConcurrentDictionary<ulong, MemoryListener> _listeners = new();
    private int _connections;
    private ulong _lastNumber;

    public TimeProvider Time => time;

    /// <summary>What happens to the bytes of connections made from now on.</summary>
    public MemoryConditions Conditions { get; set; } = MemoryConditions.Perfect;

    public static Multiaddr AddressOf(ulong number) => Multiaddr.Parse(string.Create(CultureInfo.InvariantCulture, $"/memory/{number}"));

    public static bool TryGetNumber(Multiaddr address, out ulong number)
    {
        number = 0;
        var text = address.WithoutPeer().ToString();
        return text.StartsWith("/memory/", StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan("/memory/".Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A number of its own, as a system gives a port of its own.</summary>
    public ulong NextNumber() => Interlocked.Increment(ref _lastNumber);

    public bool TryAdd(ulong number, MemoryListener listener) => _listeners.TryAdd(number, listener);

    public void Remove(ulong number) => _listeners.TryRemove(number, out _);

    public MemoryChannel Connect(ulong number)
    {
        if (!_listeners.TryGetValue(number, out var listener))
            throw new Libp2pException(Libp2pError.Refused, $"Nobody listens at /memory/{number.ToString(CultureInfo.InvariantCulture)}.");
        var (dialer, accepted) = MemoryChannel.CreatePair(
            AddressOf(NextNumber()), listener.Address, Conditions, Conditions, unchecked(seed + (Interlocked.Increment(ref _connections) * 7919)), time);
        if (!listener.TryAccept(accepted))
            throw new Libp2pException(Libp2pError.Refused, "The listener is closed.");
        return dialer;
    }
}
