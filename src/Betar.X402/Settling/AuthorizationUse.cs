using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>A nonce that a token counts, by which the chain can be asked what became of a payment.</summary>
public sealed record AuthorizationUse(Address Token, Address Authorizer, Hash32 Nonce)
{
    /// <summary>Whether these logs hold its use. Two payments of one price between the same two are told apart by nothing else.</summary>
    public bool IsIn(IEnumerable<LogEntry> logs) => logs.Any(log =>
        AuthorizationEvent.TryDecode(log, Token, out var ended) && !ended!.Canceled && ended.Authorizer == Authorizer && ended.Nonce == Nonce);
}
