namespace Betar.X402.Verification;

/// <summary>The questions that verification puts to a chain. Every answer may be that there was none.</summary>
public interface IChainProbe
{
    ValueTask<ProbeAnswer<bool>> HasCodeAsync(SignedPayment payment, CancellationToken cancellationToken);

    /// <summary>Whether <c>transferWithAuthorization</c> would succeed now.</summary>
    ValueTask<ProbeAnswer<bool>> SimulateAsync(SignedPayment payment, CancellationToken cancellationToken);

    /// <summary><c>authorizationState(from, nonce)</c>; reverts on tokens without EIP-3009.</summary>
    ValueTask<ProbeAnswer<bool>> IsNonceUsedAsync(SignedPayment payment, CancellationToken cancellationToken);

    ValueTask<ProbeAnswer<string>> TokenNameAsync(SignedPayment payment, CancellationToken cancellationToken);

    ValueTask<ProbeAnswer<string>> TokenVersionAsync(SignedPayment payment, CancellationToken cancellationToken);

    ValueTask<ProbeAnswer<AtomicAmount>> BalanceAsync(SignedPayment payment, CancellationToken cancellationToken);
}
