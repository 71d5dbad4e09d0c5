using Betar.Ethereum;
using Betar.X402.Settling;

namespace Betar.X402.Schemes.Vault;

/// <summary>One escrow, and the calls that move it on. Who may make each is the vault's to check; anybody may bring a receipt or ring the bell.</summary>
public sealed class VaultEscrow
{
    private readonly VaultDeployment _deployment;

    public VaultEscrow(VaultDeployment deployment, VaultTerms terms)
    {
        (_deployment, Terms) = (deployment, terms);
        Id = VaultHasher.Id(deployment.Asset.Network, deployment.Vault, terms);
    }

    public VaultTerms Terms { get; }

    public Hash32 Id { get; }

    public Address Vault => _deployment.Vault;

    public NetworkId Network => _deployment.Asset.Network;

    /// <summary>The buyer pays the seller.</summary>
    public SettlementRequest Release() => Closing("release", VaultContract.Release, Terms.Seller, Terms.Amount);

    /// <summary>The seller gives the money back.</summary>
    public SettlementRequest Refund() => Closing("refund", VaultContract.Refund, Terms.Buyer, Terms.Amount);

    /// <summary>The clock has decided: with a receipt for the seller, without one for the buyer.</summary>
    public SettlementRequest TimeOut(bool receipted) => Closing("timeOut", VaultContract.TimeOut, receipted ? Terms.Seller : Terms.Buyer, Terms.Amount);

    /// <summary>The arbiter divides; what is not the seller's is the buyer's.</summary>
    public SettlementRequest Resolve(AtomicAmount toSeller) => toSeller.IsZero
        ? Closing("resolve", VaultContract.Resolve, Terms.Buyer, Terms.Amount, UInt256.Zero)
        : Closing("resolve", VaultContract.Resolve, Terms.Seller, toSeller, toSeller.Units);

    /// <summary>The buyer's word that the work arrived. It counts before the deadline only.</summary>
    public SettlementRequest ShowReceipt(VaultReceipt receipt) =>
        Step("showReceipt", VaultContract.ShowReceipt, VaultContract.ReceiptShown, null, receipt.Answer.ToArray(), receipt.Signature.ToArray());

    /// <summary>Whom the clock would decide against calls the arbiter: the seller before a receipt, the buyer after it.</summary>
    public SettlementRequest Dispute() => Step("dispute", VaultContract.Dispute, VaultContract.DisputeOpened, null);

    /// <summary>How it stands on the chain.</summary>
    public async Task<RpcOutcome<VaultStanding>> ReadAsync(IChainClient chain, CancellationToken cancellationToken)
    {
        var outcome = await chain.CallAsync(new CallRequest(Vault, VaultContract.Escrows.Encode(Id.ToArray())), cancellationToken);
        return !outcome.TryGetValue(out var answer) ? outcome.As<VaultStanding>()
            : VaultContract.Escrows.TryDecodeResult(answer, out var values) && (UInt256)values[0] <= (UInt256)(ulong)VaultState.Resolved
                ? RpcOutcome.Value(new VaultStanding((VaultState)(int)(ulong)(UInt256)values[0], (bool)values[1], (ulong)(UInt256)values[2]))
                : RpcOutcome.InvalidResponse<VaultStanding>("it is no escrow of a vault");
    }

    private SettlementRequest Closing(string name, AbiFunction function, Address to, AtomicAmount amount, params object[] more) =>
        Step(name, function, VaultContract.Closed, new ExpectedTransfer(_deployment.Asset.Address, Vault, to, amount), more);

    private SettlementRequest Step(string name, AbiFunction function, Hash32 topic, ExpectedTransfer? transfer, params object[] more) => new()
    {
        Key = new PaymentKey(Network, Vault, Terms.Buyer, VaultHasher.StepNonce(Id, name)),
        Call = new ContractCall(Vault, function.Encode([Terms.Encoded, .. more]), VaultContract.StepGasLimit),
        Transfer = transfer,
        Event = new ExpectedEvent(Vault, topic, Id),
        ValidBefore = ulong.MaxValue,
    };
}
