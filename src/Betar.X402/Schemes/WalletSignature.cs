using Betar.Ethereum;
using Betar.X402.Verification;

namespace Betar.X402.Schemes;

/// <summary>Signatures of accounts that may be contracts: asked of the chain, for a bounded time. Not asked, nothing is known.</summary>
internal static class WalletSignature
{
    /// <summary>Where wallets sign, the chain knows whether the signer is one; where they do not, what its key says stands.</summary>
    /// <param name="byKey">What its key says.</param>
    /// <param name="refused">What it is called when it did not sign.</param>
    internal static async ValueTask<VerificationOutcome> JudgeAsync(
        VerificationOutcome byKey, VerificationReason refused, IChains chains, VerificationOptions options, TimeProvider time, NetworkId network, Address signer,
        Hash32 digest, ReadOnlyMemory<byte> signature, CancellationToken cancellationToken)
    {
        if (options.Wallets is not { AllowContractWallets: true } || (!byKey.IsAccepted && byKey.Reason != refused))
        {
            return byKey;
        }

        var verdict = await CheckAsync(chains, options, time, network, signer, digest, signature, cancellationToken);
        return verdict.Reason == VerificationReasons.Signature ? refused : verdict;
    }

    private static async ValueTask<VerificationOutcome> CheckAsync(
        IChains chains, VerificationOptions options, TimeProvider time, NetworkId network, Address signer, Hash32 digest, ReadOnlyMemory<byte> signature,
        CancellationToken cancellationToken)
    {
        if (!chains.TryFind(network, out var chain))
        {
            return VerificationReasons.ChainUnreachable;
        }

        using var patience = new CancellationTokenSource(options.WalletTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var verdict = await new SignatureChecks(chain, options.Wallets).IsValidAsync(signer, digest, signature, either.Token).WaitAsync(either.Token);
            return Translate(verdict.Fault);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return VerificationReasons.ChainUnreachable;
        }
    }

    private static VerificationOutcome Translate(SignatureFault fault) => fault switch
    {
        SignatureFault.None => VerificationOutcome.Accepted,
        SignatureFault.Malformed => VerificationReasons.SignatureMalformed,
        SignatureFault.NotAllowed or SignatureFault.FactoryNotAllowed => VerificationReasons.FactoryNotAllowed,
        SignatureFault.ChainUnavailable => VerificationReasons.ChainUnreachable,
        _ => VerificationReasons.Signature,
    };
}
