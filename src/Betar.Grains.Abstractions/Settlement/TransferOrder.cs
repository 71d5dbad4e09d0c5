namespace Betar.Grains.Abstractions.Settlement;

/// <summary>One signed EIP-3009 authorisation that is to be brought onto the chain.</summary>
[GenerateSerializer, Immutable, Alias("betar.transfer-order")]
public sealed record TransferOrder
{
    [Id(0)] public required string Asset { get; init; }
    [Id(1)] public required string From { get; init; }
    [Id(2)] public required string To { get; init; }
    [Id(3)] public required string Value { get; init; }
    [Id(4)] public required ulong ValidAfter { get; init; }
    [Id(5)] public required ulong ValidBefore { get; init; }
    [Id(6)] public required string Nonce { get; init; }
    [Id(7)] public required string Signature { get; init; }

    public override string ToString() => $"TransferOrder {{ {Value} {From} -> {To} }}";
}
