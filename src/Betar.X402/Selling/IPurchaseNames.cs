using Betar.Ethereum;

namespace Betar.X402.Selling;

/// <summary>Which payment each purchase was named for. Names are a payer's own: nobody can take another's.</summary>
public interface IPurchaseNames
{
    /// <summary>Ties the name to the payment at its first use; false when it is tied to another one.</summary>
    Task<bool> TryBindAsync(Address payer, string name, PaymentKey payment, CancellationToken cancellationToken);
}
