namespace Betar.Contracts.Tests.Support;

/// <summary>The states of an escrow, in the contract's order.</summary>
internal enum EscrowState
{
    None,
    Open,
    Delivered,
    Disputed,
    Released,
    Refunded,
    Resolved,
}
