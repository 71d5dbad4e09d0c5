using Betar.Ethereum;
using Betar.X402.Settling;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>
/// A payment in an escrow, and the calls that move it on: the operator's, and after the deadline the payer's. Only for escrows whose
/// interface is published.
/// </summary>
public sealed class EscrowedPayment
{
    private readonly AuthCaptureDeployment _deployment;

    private EscrowedPayment(NetworkId network, AuthCaptureDeployment deployment, PaymentInfo info) =>
        (Network, _deployment, Info, Id) = (network, deployment, info, AuthCaptureHasher.PaymentId(network, deployment.Escrow, info));

    public NetworkId Network { get; }

    public PaymentInfo Info { get; }

    public Hash32 Id { get; }

    /// <summary>Null for an escrow of which only the filling is published.</summary>
    public static EscrowedPayment? Of(NetworkId network, AuthCaptureDeployment deployment, PaymentInfo info) =>
        !deployment.IsPublished ? null : new EscrowedPayment(network, deployment, info);

    /// <summary>The receiver gets this much, less the fee; before the capture deadline.</summary>
    public SettlementRequest Capture(AtomicAmount amount, ushort feeBps, Address feeReceiver, Nonce attempt) =>
        Step(AuthCaptureContract.Capture, AuthCaptureContract.Captured, attempt, amount.Units, (UInt256)feeBps, feeReceiver);

    /// <summary>The payer gets back everything that was not captured.</summary>
    public SettlementRequest Void(Nonce attempt) => Step(AuthCaptureContract.Void, AuthCaptureContract.Voided, attempt);

    /// <summary>The payer takes it back itself, from the capture deadline on.</summary>
    public SettlementRequest Reclaim(Nonce attempt) => Step(AuthCaptureContract.Reclaim, AuthCaptureContract.Reclaimed, attempt);

    /// <summary>The payer gets back captured money, out of what the operator allows the refund collector to take; before the refund deadline.</summary>
    public SettlementRequest Refund(AtomicAmount amount, Nonce attempt) =>
        Step(AuthCaptureContract.Refund, AuthCaptureContract.Refunded, attempt, amount.Units, _deployment.RefundCollector!, Array.Empty<byte>());

    /// <summary>What can still be captured, and what refunded.</summary>
    public async Task<RpcOutcome<EscrowStanding>> ReadAsync(IChainClient chain, CancellationToken cancellationToken)
    {
        var outcome = await chain.CallAsync(new CallRequest(_deployment.Escrow, AuthCaptureContract.PaymentState.Encode(Id.ToArray())), cancellationToken);
        return !outcome.TryGetValue(out var answer) ? outcome.As<EscrowStanding>()
            : AuthCaptureContract.PaymentState.TryDecodeResult(answer, out var values)
                ? RpcOutcome.Value(new EscrowStanding((bool)values[0], new AtomicAmount((UInt256)values[1]), new AtomicAmount((UInt256)values[2])))
                : RpcOutcome.InvalidResponse<EscrowStanding>("it is no payment of an escrow");
    }

    // One step may be made several times, in parts: what tells two of them apart is the caller's to say.
    private SettlementRequest Step(AbiFunction function, Hash32 topic, Nonce attempt, params object[] more) => new()
    {
        Key = new PaymentKey(Network, _deployment.Escrow, Info.Payer, attempt),
        Call = new ContractCall(_deployment.Escrow, function.Encode([Info.Encoded, .. more]), AuthCaptureContract.StepGasLimit),
        Transfer = null,
        Event = new ExpectedEvent(_deployment.Escrow, topic, Id),
        ValidBefore = ulong.MaxValue,
    };
}
