using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>A nonce that a token counts, by which the chain can be asked what became of a payment.</summary>
public sealed record AuthorizationUse(Address Token, Address Authorizer, Hash32 Nonce)
{
    /// <summary>
    /// Whether these logs hold its use for exactly this transfer. The token writes the transfer right behind the use; a transfer elsewhere in the
    /// same transaction may be another payment's, which somebody put beside this one.
    /// </summary>
    public bool Moves(IEnumerable<LogEntry> logs, ExpectedTransfer transfer)
    {
        ArgumentNullException.ThrowIfNull(logs);
        ArgumentNullException.ThrowIfNull(transfer);
        var isUsed = false;
        foreach (var log in logs.Where(log => log.Address == Token))
        {
            if (isUsed)
            {
                return transfer.IsIn([log]);
            }

            isUsed = AuthorizationEvent.TryDecode(log, Token, out var ended) && !ended!.Canceled && ended.Authorizer == Authorizer && ended.Nonce == Nonce;
        }

        return false;
    }
}
