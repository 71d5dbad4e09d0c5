namespace Betar.Grains.Abstractions.Settlement;

/// <summary>One call of a contract that is to be brought onto the chain once, and what proves that it was.</summary>
[GenerateSerializer, Immutable, Alias("betar.call-order")]
public sealed record CallOrder
{
    /// <summary>The payment's key: what tells this order from all others.</summary>
    [Id(0)] public required string Payment { get; init; }
    [Id(1)] public required string To { get; init; }

    /// <summary>Hex digits. There may be a signature in it.</summary>
    [Id(2)] public required string Data { get; init; }
    [Id(3)] public required ulong GasLimit { get; init; }

    /// <summary>Unix seconds: afterwards the chain takes it no more.</summary>
    [Id(4)] public required ulong ValidBefore { get; init; }

    /// <summary>Unix seconds before which it cannot have happened.</summary>
    [Id(5)] public ulong Since { get; init; }

    /// <summary>The transfer that must stand in the receipt; null for a call that moves no money.</summary>
    [Id(6)] public ExpectedMove? Transfer { get; init; }

    /// <summary>The contract's event that must stand beside it.</summary>
    [Id(7)] public ExpectedLog? Event { get; init; }

    /// <summary>The payer's nonce that the call uses up, where it has one.</summary>
    [Id(8)] public UsedNonce? Nonce { get; init; }

    /// <summary>Whether its contract makes a second transaction of it harmless.</summary>
    [Id(9)] public bool MayRepeat { get; init; }

    public override string ToString() => $"CallOrder {{ {Payment} -> {To} }}";
}
