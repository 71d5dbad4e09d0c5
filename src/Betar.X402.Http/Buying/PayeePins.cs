using System.Collections.Concurrent;
using Betar.Ethereum;

namespace Betar.X402.Http.Buying;

/// <summary>Who gets the money of which server: what was configured, or whom it named first in this process.</summary>
public sealed class PayeePins(BuyerOptions options) : IPayeePins
{
    private const int MaxPins = 10_000;
    private readonly ConcurrentDictionary<string, Address> _pins = new(options.Payees, StringComparer.Ordinal);

    public ValueTask<bool> AllowsAsync(string origin, Address payee, CancellationToken cancellationToken) => ValueTask.FromResult(Allows(origin, payee));

    public ValueTask<bool> TryPinAsync(string origin, Address payee, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Allows(origin, payee) && _pins.GetOrAdd(origin, payee) == payee);

    private bool Allows(string origin, Address payee) =>
        _pins.TryGetValue(origin, out var pinned) ? pinned == payee : options.TrustFirstPayee && _pins.Count < MaxPins;
}
