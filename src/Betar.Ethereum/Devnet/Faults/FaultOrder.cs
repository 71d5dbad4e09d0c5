namespace Betar.Ethereum.Devnet;

/// <summary>One call of devnet_setFault.</summary>
internal sealed record FaultOrder(FaultKind Kind)
{
    internal const string DefaultReason = "devnet: injected revert";

    internal int? Milliseconds { get; init; }

    internal int? Count { get; init; }

    internal string? Reason { get; init; }

    internal int Blocks { get; init; }

    /// <summary>For a reorganisation: the transactions are gone, instead of waiting again.</summary>
    internal bool Vanish { get; init; }
}
