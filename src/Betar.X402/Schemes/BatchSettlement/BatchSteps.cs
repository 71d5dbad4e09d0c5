using Betar.Ethereum;
using Betar.X402.Settling;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>
/// What becomes of channels after their calls: claims, payment of what was claimed, refunds. Each is signed by the receivers' authoriser
/// (<see cref="BatchHasher"/>), so that anybody may bring it.
/// </summary>
public static class BatchSteps
{
    /// <summary>How many channels one claim may name.</summary>
    public const int MaxClaims = 64;

    /// <summary>Moves no money yet: afterwards <see cref="BatchChain"/> tells what each channel's total is.</summary>
    public static ContractCall Claim(IReadOnlyList<BatchClaim> claims, byte[] authorizerSignature)
    {
        if (claims.Count is 0 or > MaxClaims)
        {
            throw new ArgumentException($"A claim names 1 to {MaxClaims} channels.", nameof(claims));
        }

        return new ContractCall(
            BatchContracts.Settlement, ClaimData(claims, authorizerSignature), BatchContract.ClaimGasLimit + ((ulong)claims.Count * BatchContract.ClaimEntryGasLimit));
    }

    /// <summary>Claims and pays out in one transaction, so that the payment is what the claims are known by.</summary>
    public static SettlementRequest ClaimAndPayOut(ClaimRun run, byte[] authorizerSignature)
    {
        var claim = Claim(run.Claims, authorizerSignature);
        var payOut = PayOut(run.Network, run.Receiver, run.Token, run.Due, run.Id);
        return payOut with
        {
            Call = claim with
            {
                Data = BatchContract.Multicall.Encode((object)new object[] { claim.Data.ToArray(), payOut.Call.Data.ToArray() }),
                GasLimit = claim.GasLimit + payOut.Call.GasLimit,
            },
        };
    }

    /// <summary>Pays a receiver everything that is claimed and not yet paid: the key must be another each time, the amount is what the chain says is due.</summary>
    public static SettlementRequest PayOut(NetworkId network, Address receiver, Address token, AtomicAmount due, Nonce attempt) => new()
    {
        Key = new PaymentKey(network, BatchContracts.Settlement, receiver, attempt),
        Call = new ContractCall(BatchContracts.Settlement, BatchContract.Settle.Encode(receiver, token), BatchContract.PayOutGasLimit),
        Transfer = new ExpectedTransfer(token, BatchContracts.Settlement, receiver, due),
        Event = new ExpectedEvent(BatchContracts.Settlement, BatchContract.Settled, Word(receiver)),
        ValidBefore = ulong.MaxValue,
    };

    /// <summary>Gives the payer back what nobody claimed; claims, if there are any, go first and in the same transaction.</summary>
    /// <param name="nonce">The channel's own, as the chain has it: so it happens once.</param>
    public static SettlementRequest Refund(
        NetworkId network, ChannelConfig config, AtomicAmount amount, UInt256 nonce, byte[] refundSignature, IReadOnlyList<BatchClaim>? claims = null, byte[]? claimSignature = null)
    {
        var refund = BatchContract.Refund.Encode(BatchContract.Encode(config), amount.Units, nonce, refundSignature);
        var isAlone = claims is not { Count: > 0 };
        var call = isAlone
            ? new ContractCall(BatchContracts.Settlement, refund, BatchContract.RefundGasLimit)
            : Claim(claims!, claimSignature ?? throw new ArgumentNullException(nameof(claimSignature)));
        return new SettlementRequest
        {
            Key = new PaymentKey(network, BatchContracts.Settlement, config.Payer, BatchHasher.DepositNonce(BatchHasher.ChannelId(network, config), nonce)),
            Call = isAlone ? call : call with { Data = BatchContract.Multicall.Encode((object)new object[] { call.Data.ToArray(), refund }), GasLimit = call.GasLimit + BatchContract.RefundGasLimit },
            Transfer = new ExpectedTransfer(config.Token, BatchContracts.Settlement, config.Payer, amount),
            ValidBefore = ulong.MaxValue,
        };
    }

    private static byte[] ClaimData(IReadOnlyList<BatchClaim> claims, byte[] authorizerSignature) => BatchContract.Claim.Encode(
        claims.Select(object (claim) => new object[]
        {
            new object[] { BatchContract.Encode(claim.Config), claim.MaxClaimable.Units }, claim.Signature.ToArray(), claim.TotalClaimed.Units,
        }).ToArray(),
        authorizerSignature);

    private static Hash32 Word(Address address)
    {
        Span<byte> word = stackalloc byte[Hash32.Size];
        word.Clear();
        address.CopyTo(word[(Hash32.Size - Address.Size)..]);
        return new Hash32(word);
    }
}
