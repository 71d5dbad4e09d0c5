using Betar.Ethereum;

namespace Betar.Grains.Settlement.Audit;

/// <summary>Whether a transaction is the transfer that somebody says it is.</summary>
public static class TransferProof
{
    /// <returns>What is wrong; null when the chain has exactly this transfer.</returns>
    /// <exception cref="ChainUnavailableException">The chain did not answer; nothing can be said.</exception>
    public static async Task<AuditFault?> CheckAsync(
        AuditedTransfer claim, IChainClient chain, Address token, CancellationToken cancellationToken) =>
        FindFault(claim, token, await FindAsync(claim, chain, cancellationToken));

    internal static Task<TransactionReceipt?> FindAsync(AuditedTransfer claim, IChainClient chain, CancellationToken cancellationToken) =>
        Hash32.TryParse(claim.Hash, out Hash32 hash) ? chain.GetReceiptAsync(hash, cancellationToken) : Task.FromResult<TransactionReceipt?>(null);

    internal static AuditFault? FindFault(AuditedTransfer claim, Address token, TransactionReceipt? receipt)
    {
        if (!Hash32.TryParse(claim.Hash, out Hash32 hash))
            return Fault(AuditFaultKind.NoHash, claim, $"{claim.Payment} names no transaction.");
        if (receipt is null)
            return Fault(AuditFaultKind.NotOnChain, claim, $"The chain does not have transaction {hash} that {claim.Payment} names.");
        if (!receipt.Succeeded)
            return Fault(AuditFaultKind.Reverted, claim, $"Transaction {hash} that {claim.Payment} names failed.");
        bool isIt = claim.Nonce is { } nonce
            ? AuthorizationFate.Carries(receipt, token, claim.From, claim.To, claim.Value, nonce)
            : receipt.Logs.Any(log => TransferEvent.TryDecode(log, token, out TransferEvent? moved) && moved == new TransferEvent(claim.From, claim.To, claim.Value));
        return isIt
            ? null
            : Fault(AuditFaultKind.OtherTransfer, claim,
                $"Transaction {hash} is not the transfer of {claim.Value} units from {claim.From} to {claim.To} that {claim.Payment} names.");
    }

    private static AuditFault Fault(AuditFaultKind kind, AuditedTransfer claim, string message) => new(kind, claim.Payment, claim.Hash, message);
}
