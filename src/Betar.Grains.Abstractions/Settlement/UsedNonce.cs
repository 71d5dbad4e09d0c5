namespace Betar.Grains.Abstractions.Settlement;

/// <summary>A nonce by which the chain can be asked what became of a call.</summary>
[GenerateSerializer, Immutable, Alias("betar.used-nonce")]
public sealed record UsedNonce
{
    /// <summary>Who counts it: a token, or a contract of permits.</summary>
    [Id(0)] public required string Contract { get; init; }
    [Id(1)] public required string Owner { get; init; }
    [Id(2)] public required string Nonce { get; init; }

    /// <summary>Whether it is one bit of a permit's word; else it is a token's authorisation.</summary>
    [Id(3)] public bool IsPermit { get; init; }
}
