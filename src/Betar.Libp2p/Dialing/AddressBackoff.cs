using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Dialing;

/// <summary>Addresses that failed rest for a while, each longer than the time before.</summary>
internal sealed class AddressBackoff(DialOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Multiaddr, (int Failures, DateTimeOffset Until)> _resting = [];
    private readonly Queue<Multiaddr> _order = new();

    public bool IsResting(Multiaddr address)
    {
        lock (_lock)
            return _resting.TryGetValue(address, out var rest) && time.GetUtcNow() < rest.Until;
    }

    public void Failed(Multiaddr address)
    {
        lock (_lock)
        {
            var failures = _resting.TryGetValue(address, out var rest) ? rest.Failures : 0;
            if (failures == 0)
                Remember(address);
            // The power is bounded before it is taken, so that many failures do not overflow.
            var pause = options.BackoffBase * Math.Pow(2, Math.Min(failures, 20));
            _resting[address] = (failures + 1, time.GetUtcNow() + (pause < options.BackoffMax ? pause : options.BackoffMax));
        }
    }

    public void Succeeded(Multiaddr address)
    {
        lock (_lock)
            _resting.Remove(address);
    }

    // The oldest entries go. An address that succeeded in between may stand in the order twice; it is then forgotten early, which is harmless.
    private void Remember(Multiaddr address)
    {
        _order.Enqueue(address);
        while (_order.Count > options.RememberedAddresses)
            _resting.Remove(_order.Dequeue());
    }
}
