using Betar.Ethereum;

namespace Betar.X402.Http.Buying;

/// <summary>Who gets the money of which server. A durable one keeps a restart from trusting a stranger.</summary>
public interface IPayeePins
{
    /// <summary>Whether this payee may be paid for this server; pins nothing.</summary>
    ValueTask<bool> AllowsAsync(string origin, Address payee, CancellationToken cancellationToken);

    /// <summary>From now on it is this one and no other; false when it is another already.</summary>
    ValueTask<bool> TryPinAsync(string origin, Address payee, CancellationToken cancellationToken);
}
