namespace Betar.Grains.Abstractions.Payments;

/// <summary>A task with the payment that was found good in form and signature; what the ledger keeps at "reserved".</summary>
[GenerateSerializer, Immutable, Alias("betar.paid-order")]
public sealed record PaidOrder
{
    [Id(0)] public required string AgentId { get; init; }
    [Id(1)] public required string CorrelationId { get; init; }

    /// <summary>Who stands at the other end of the stream.</summary>
    [Id(2)] public required string Peer { get; init; }
    [Id(3)] public required string Caller { get; init; }
    [Id(4)] public required string Input { get; init; }

    [Id(5)] public required string Network { get; init; }
    [Id(6)] public required string Asset { get; init; }
    [Id(7)] public required string From { get; init; }
    [Id(8)] public required string To { get; init; }
    [Id(9)] public required string Value { get; init; }
    [Id(10)] public required ulong ValidAfter { get; init; }
    [Id(11)] public required ulong ValidBefore { get; init; }
    [Id(12)] public required string Nonce { get; init; }

    /// <summary>r ‖ s ‖ v with v 27 or 28, lower-case hex. A bearer instrument until settled: never logged.</summary>
    [Id(13)] public required string Signature { get; init; }

    /// <summary>SHA-256 over agent, correlation id and body: what this payment was given for.</summary>
    [Id(14)] public required string Fingerprint { get; init; }

    /// <summary>How many agents hired one another before, as the buyer says.</summary>
    [Id(15)] public int Depth { get; init; }

    /// <summary>The buyer hears pieces of the answer while it waits, and waits longer than one of the original.</summary>
    [Id(16)] public bool Waits { get; init; }

    public override string ToString() => $"PaidOrder {{ {AgentId} {Value} from {From} }}";
}
