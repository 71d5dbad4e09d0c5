using System.Collections.Concurrent;
using Betar.Ethereum;

namespace Betar.X402.Http.Buying;

/// <summary>Who gets the money of which server: what was configured, or whom it named first.</summary>
public sealed class PayeePins(BuyerOptions options)
{
    private const int MaxPins = 10_000;
    private readonly ConcurrentDictionary<string, Address> _pins = new(options.Payees, StringComparer.Ordinal);

    /// <summary>Whether this payee may be paid for this server; pins nothing.</summary>
    public bool Allows(string origin, Address payee) =>
        _pins.TryGetValue(origin, out var pinned) ? pinned == payee : options.TrustFirstPayee && _pins.Count < MaxPins;

    /// <summary>From now on it is this one and no other.</summary>
    public bool TryPin(string origin, Address payee) => Allows(origin, payee) && _pins.GetOrAdd(origin, payee) == payee;
}
