using Betar.X402.Wire;

namespace Betar.X402.Schemes;

/// <summary>A way to pay whose next payment depends on what the seller said of the last.</summary>
public interface IAnsweredClient
{
    /// <summary>How a payment that was sent was settled; it may be any client's, and be said again.</summary>
    Task AnsweredAsync(PaymentKey payment, SettleResponse settled, CancellationToken cancellationToken);
}
